hand-over-failure = 自动处理未能完成（{ $outcome }），已转人工处理。
hand-over-no-plugin = 该企业没有启用自动处理，已转人工处理。
hand-over-mandate = 自动方案超出允许的范围，已转人工处理。
refusal-not-allowed = 此操作（{ $action }）不由您进行。
refusal-other-role = 此操作（{ $action }）不属于{ $role }的职责，请由本单位相应岗位人员办理。
refusal-wrong-phase = 案件目前状态为“{ $phase }”，不能进行此操作（{ $action }）。
refusal-unknown = 案件中没有{ $what } { $id }。
refusal-not-open = { $what } { $id } 已经结束。
refusal-outside-term = 授权委托书的期限为{ $from }至{ $until }，请另行提交有效的授权委托书。
refusal-no-power = 授权委托书的权限不包括此操作（{ $action }），需有写明该项的特别授权，或者委托人本人对此事的同意。
refusal-consent-missing = 此操作（{ $action }）应当经被代表的投诉人同意，尚缺：{ $names }。
refusal-needs = 尚不具备条件：{ $what }。
refusal-own-offer = 方案只能由对方接受。
refusal-not-expired = 期限“{ $period }”尚未届满。
refusal-offer-not-expired = 方案 { $offer } 尚未到期。
refusal-no-rules = { $day }没有有效的规则包。
refusal-no-authority = 找不到有处理权限的县级市场监督管理部门，请核对被投诉人的区划代码。
refusal-repeated = { $what } { $id } 已经存在。
refusal-full = { $what }最多{ $limit }项。
refusal-no-such-ground = 规则包{ $pack }中没有理由{ $ground }。
invalid-missing = 必须填写。
invalid-too-long = 不能超过{ $limit }个字符。
invalid-too-many = 不能超过{ $limit }项。
invalid-control-character = 位置{ $position }处有不可见的字符（控制字符、格式字符或者保留字符）。
invalid-not-positive = 必须大于零。
invalid-too-many-days = 超过 { $limit } 日。
invalid-not-collective = 只有负责人集体讨论决定时才填写此项。
invalid-not-money = 这种补救方式没有金额。
invalid-too-much = 合计超过{ $limit }。
invalid-answered-by-evidence = 请以补充证据的方式回答这个问题。
invalid-answered-by-form = 请填写表单回答这个问题。
invalid-no-negotiation = 被投诉人未在本平台开展和解，无需等待，可以直接转投诉。
invalid-repeated = 重复出现。
invalid-too-early = 不能早于{ $earliest }。
invalid-too-late = 不能晚于或者超过{ $latest }。
invalid-unknown-value = 不是已知的取值。
invalid-unchanged = 与原登记内容相同，没有更正。
invalid-code-of-account = 该经营者在本平台有账户，不能更正为其他经营者。
invalid-form = 不符合表单要求：{ $detail }
invalid-malformed = 格式不正确：{ $detail }
invalid-organisation-kind = { $kind ->
    [enterprise] 该组织不是企业。
   *[association] 该组织不是消费者组织或者行业组织。
}
invalid-type = 这里应当是{ $wanted ->
        [string] 文本
        [whole-number] 整数
        [boolean] true或者false
        [array] 数组
        [object] 对象
       *[other] 其他类型
    }，不能是{ $found ->
        [string] 文本
        [whole-number] 整数
        [number] 数字
        [boolean] true或者false
        [array] 数组
        [object] 对象
        [null] null
       *[other] 其他类型
    }。
invalid-out-of-range = 数值超出范围。
invalid-from-file = 此项来自卷宗，不能另行填写。
invalid-kept-apart = 举报人的身份另行保管，不写入留存的文书。
invalid-no-such-field = 表单中没有此项。
invalid-range = 必须是{ $least }到{ $most }之间的整数。
invalid-one-of = 必须是下列之一：{ $known }。
invalid-unknown-field = 这里不接受此名称。
invalid-number = 数值过大，无法精确保存。
invalid-too-deep = 嵌套层数过多。
invalid-cursor = 必须是上一页给出的`next`。
invalid-no-word = 其中没有可供检索的文字。
invalid-not-another-authority = 只能是另一机关：不能是本机关、本机关的上级、下级或者派出机构。
invalid-data-of-another = 他人的身份信息和账户由办理人员登记或者更正；新加入的投诉人可以先不填账户。
invalid-same-paper = 权限或者期限有变的，应当提交另一份授权委托书或者推选材料。
invalid-money-too-large = 金额不能超过一千亿元。
invalid-money-form = 金额须写作¥1,234.50。
invalid-joint-by-agent = 代理人不能变更共同投诉人及其推选的代表人。
invalid-deposed = 不能由他人撤换已推选的代表人；确需变更的，由办理人员登记。
invalid-agent-of-another = 代理人由委托其的投诉人变更，或者由办理人员登记。
invalid-not-for-side = 该文书不是发给这一方的。
invalid-no-address = 匿名举报没有联系方式，只能在本平台告知。
invalid-not-below = 只能交下级单位。
invalid-not-own-station = 该件已在办理，只能在本机关与其派出机构之间移转。
invalid-outside-subtree = 必须是本单位的行政区划或其下级。
invalid-entry-number = 必须是记录的序号。
invalid-idempotency-key = 必须是1到128个ASCII字符。
invalid-no-idempotency = 该地址不保存答复，请不带幂等键发送。
invalid-unit-form = 必须是单位代码：六位数字，派出机构另加连字符和两位数字。
invalid-which-unit = 您在多个单位任职（{ $units }），请指明以哪个单位身份操作。
invalid-caller-without-call = 只有来电才有来电号码。
invalid-caller-without-name = 匿名举报不保存来电号码。请不要填写号码，或者改为实名举报。
invalid-penalty-of-none = 未作处罚的，不应有罚没金额。
invalid-only-straight = 只有直接向市场监管部门提出的投诉才有此项。
invalid-inquiry-alone = 咨询或者意见建议应当单独提出。
invalid-contact-of-inquiry = 只有咨询或者意见建议填写联系人；投诉、举报另有提出人信息。
invalid-reporter-of-report = 单独提出的举报才填写举报人；与投诉一并提出的，以投诉人为举报人。
invalid-nothing-brought = 请填写投诉、举报、咨询或者意见建议中的一项。
invalid-other-person = 只能并入同一投诉人的投诉：两件的电话、账号均不相同。
invalid-other-operator = 两件应当针对同一被投诉人或者被举报人。
invalid-reference-used = 该编号已用于另一件诉求。
invalid-public-key = 必须是Ed25519公钥：32字节的Base64编码。
invalid-resident-id-form = 必须是公民身份号码：17位数字加一位校验码。
invalid-resident-id-birth = 其中的出生日期不存在。
invalid-resident-id-check = 校验码不符，有数字填错。
invalid-identity-not-confirmed = 姓名与号码未通过核验。
invalid-time-form = 时间须写作2026-05-18T01:00:00Z。
invalid-key-form = 只能使用a-z、0-9和- _ .。
invalid-media-type = 不是image/jpeg这样的媒体类型。
invalid-no-object = 应当是一个对象。
invalid-not-earlier = 只能是在先收到的举报的重复。
invalid-unnamed-reporter = 匿名举报无从认定是否同一举报人，不作为重复举报处理；可以合并处理。
invalid-another-reporter = 两件举报的举报人不同，不属于重复举报；有新的事实的，可以合并。
invalid-date-form = 日期须写作YYYY-MM-DD。
invalid-no-day = { $day }不是日历上的日子。
invalid-web-address = 应为 http 或 https 网址，不含用户名、密码和片段。
invalid-private-host = 该主机为内网主机，未列入 partner_hosts 设置。
invalid-not-encrypted = 应为 https 网址，或 partner_hosts 设置所列的主机。
invalid-webhook-secret = 应为 whsec_ 加 24 至 64 字节的 Base64。
invalid-public-key-url = 应为 Ed25519 公钥，即 32 字节的 base64url。
invalid-signed-header = 应为 JSON 的 base64url，含 alg（EdDSA）、kid，且 typ 为 { $typ }。
invalid-base64url = 应为不带填充的 base64url。
invalid-other-way = 应为 { $wanted }。
invalid-not-canonical = 应为规范化 JSON（RFC 8785）。
invalid-unknown-topic = 没有该主题；可选主题为 { $known }。
invalid-handled-elsewhere = 该举报已经认定为重复举报或者已并入其他举报。
facts-too-large = 超过一亿元。
facts-future = 晚于今日。
facts-long-ago = 早于二十年前。
facts-before-receipt = 早于收货之日。
facts-before-card = 早于购卡之日。
facts-contradict-food = 与所述食品情况相矛盾。
facts-above-list-price = 高于按原价计算的消费金额。
facts-beyond-card = 超过卡的使用期限。
