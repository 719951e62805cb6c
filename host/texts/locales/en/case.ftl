hand-over-failure = The automatic step failed ({ $outcome }); a person takes over.
hand-over-no-plugin = No automatic step is active for this enterprise; a person takes over.
hand-over-mandate = The automatic proposal went beyond its mandate; a person takes over.
refusal-not-allowed = This step ({ $action }) is not yours to take.
refusal-other-role = This step ({ $action }) is not for { $role }: ask someone of your unit whose role it is.
refusal-wrong-phase = This step ({ $action }) is not possible while the case stands at: { $phase }.
refusal-unknown = The case has no { $what } { $id }.
refusal-not-open = This { $what } ({ $id }) is no longer open.
refusal-outside-term = The power of attorney is in force from { $from } to { $until } only: hand in another.
refusal-no-power = The power of attorney does not extend to this step ({ $action }): it takes a special power that says so, or the complainant's own consent to this very act.
refusal-consent-missing = This step ({ $action }) takes the consent of all who are represented. Missing is that of: { $names }.
refusal-needs = This needs { $what } first.
refusal-own-offer = An offer is accepted by the side it was made to.
refusal-not-expired = The period for { $period } has not run out.
refusal-offer-not-expired = Offer { $offer } has not expired.
refusal-no-rules = No rule pack is in force on { $day }.
refusal-no-authority = No county-level authority with handling power was found: check the respondent's division codes.
refusal-repeated = This { $what } ({ $id }) exists already.
refusal-full = A case holds at most { $limit } { $what }.
refusal-no-such-ground = { $ground } is not a ground of { $pack }.
invalid-missing = It is needed.
invalid-too-long = It has more than { $limit } characters.
invalid-too-many = It has more than { $limit } entries.
invalid-control-character = There is a character that does not show (control, formatting, reserved) at position { $position }.
invalid-not-positive = It must be more than zero.
invalid-too-many-days = It is more than { $limit } days.
invalid-not-collective = This is given only where the heads decide together.
invalid-not-money = This remedy takes no amount.
invalid-too-much = Together this comes to more than { $limit }.
invalid-answered-by-evidence = This question is answered by adding evidence.
invalid-answered-by-form = This question is answered by filling in its form.
invalid-no-negotiation = The respondent does not resolve disputes here, so there is nothing to wait for; hand the case over at once.
invalid-repeated = It is there twice.
invalid-too-early = It must not be before { $earliest }.
invalid-too-late = It must not be after or above { $latest }.
invalid-unknown-value = It is not one of the known values.
invalid-unchanged = It is as it was before: nothing is corrected.
invalid-code-of-account = This enterprise has an account here: it cannot be made another one.
invalid-form = It does not fit its form: { $detail }
invalid-malformed = It is not as it must be: { $detail }
invalid-organisation-kind = { $kind ->
    [enterprise] This organisation is not an enterprise.
   *[association] This organisation is not an association.
}
invalid-type = This must be { $wanted ->
        [string] a text
        [whole-number] a whole number
        [boolean] true or false
        [array] an array
        [object] an object
       *[other] something else
    }, not { $found ->
        [string] a text
        [whole-number] a whole number
        [number] a number
        [boolean] true or false
        [array] an array
        [object] an object
        [null] null
       *[other] something else
    }.
invalid-out-of-range = The number is out of range.
invalid-from-file = It comes from the file and is not written anew.
invalid-kept-apart = Who reports is kept apart and is not written into a document that is kept.
invalid-no-such-field = The form has no such field.
invalid-range = It must be a whole number from { $least } to { $most }.
invalid-one-of = It must be one of: { $known }.
invalid-unknown-field = Nothing of this name is taken here.
invalid-number = The number is too large to be kept exactly.
invalid-too-deep = It is nested too deeply.
invalid-cursor = It must be the `next` of an earlier page.
invalid-no-word = There is no word in it that can be looked for.
invalid-not-another-authority = Only another authority: not the own one, nor one above or below it, nor a station.
invalid-data-of-another = What identifies another person, and her account, an officer enters or puts right; who joins may do so without an account.
invalid-same-paper = Another power or term is shown by another paper than before.
invalid-money-too-large = An amount is at most a hundred billion yuan.
invalid-money-form = An amount is written like ¥1,234.50.
invalid-joint-by-agent = An agent changes neither who complains together nor whom they elected.
invalid-deposed = Nobody deposes another who was elected; an officer records that.
invalid-agent-of-another = The agent is changed by whoever gave the power, or recorded by an officer.
invalid-not-for-side = The document is not for that side.
invalid-no-address = Who reported without a name left no address: she is told on this platform alone.
invalid-not-below = Only to a unit below.
invalid-not-own-station = It is being handled: it moves only between the authority and its own stations.
invalid-outside-subtree = It must be your own unit's division or one below it.
invalid-entry-number = It must be the number of an entry.
invalid-idempotency-key = It must have 1 to 128 ASCII characters.
invalid-no-idempotency = No answers are kept at this address; send the request without the key.
invalid-unit-form = It must be the code of a unit: six digits, and for a station a hyphen and two more.
invalid-which-unit = You hold posts in several units ({ $units }): name the one you act in.
invalid-caller-without-call = Only a call has the number of a caller.
invalid-caller-without-name = Who reports without a name leaves no number. Leave it out, or report by name.
invalid-penalty-of-none = Nothing was penalised, so there is no sum.
invalid-only-straight = Only a complaint that goes straight to the authority has this.
invalid-inquiry-alone = A consultation or suggestion is filed by itself.
invalid-contact-of-inquiry = Only a consultation or suggestion has a contact; a complaint and a report say who brings them.
invalid-reporter-of-report = Only a report that comes without a complaint says who reports; beside a complaint it is the consumer.
invalid-nothing-brought = A complaint, a report or an inquiry is needed.
invalid-other-person = Only complaints of the same person are merged: neither the telephone nor the account is the same.
invalid-other-operator = Both must be about the same operator.
invalid-reference-used = This reference stands for another filing.
invalid-public-key = It must be an Ed25519 public key: 32 bytes in Base64.
invalid-resident-id-form = It must be a resident identity number: 17 digits and a check character.
invalid-resident-id-birth = Its day of birth is no day of the calendar.
invalid-resident-id-check = Its check character does not fit: a digit is wrong.
invalid-identity-not-confirmed = Name and number were not confirmed as one person's.
invalid-time-form = A moment is written 2026-05-18T01:00:00Z.
invalid-key-form = It takes a-z, 0-9, -, _ and a full stop.
invalid-media-type = It is no media type such as image/jpeg.
invalid-no-object = It must be an object.
invalid-not-earlier = It can only repeat a report that came before it.
invalid-unnamed-reporter = Of a report without a name nobody knows that it is of the same person, so it repeats no other; it can be merged.
invalid-another-reporter = Another person made that report, so this is no repetition; with new facts it can be merged.
invalid-date-form = A date is written YYYY-MM-DD.
invalid-no-day = { $day } is no day of the calendar.
invalid-web-address = It must be an http or https address without user, password or fragment.
invalid-private-host = The host is private, and the setting partner_hosts does not name it.
invalid-not-encrypted = It must be an https address, or a host that the setting partner_hosts names.
invalid-webhook-secret = It must be whsec_ and 24 to 64 bytes in Base64.
invalid-public-key-url = It must be an Ed25519 public key: 32 bytes in base64url.
invalid-signed-header = It must be base64url of JSON with alg EdDSA, kid, and typ { $typ }.
invalid-base64url = It must be base64url without padding.
invalid-other-way = It must be { $wanted }.
invalid-not-canonical = It must be canonical JSON (RFC 8785).
invalid-unknown-topic = There is no such topic; there are { $known }.
invalid-handled-elsewhere = That report was found to repeat another, or was merged into one.
facts-too-large = It is more than 100 million yuan.
facts-future = It lies in the future.
facts-long-ago = It lies more than 20 years back.
facts-before-receipt = It is before the goods were received.
facts-before-card = It is before the card was bought.
facts-contradict-food = It contradicts what is said of the food.
facts-above-list-price = It is more than the same at list price.
facts-beyond-card = It is more than the card runs.
