//! What somebody brings, as it is sent, and which files it is to become.

use hejie_domain::case::identity::IdentityCheck;
use hejie_domain::case::intake::{Channel, RegisterAt};
use hejie_domain::case::{Actor, Command, Filing, Intake};
use hejie_domain::drafts::FILING_FIELDS;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::inquiry::InquiryFiling;
use hejie_domain::report::ReportFiling;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::identity;
use crate::api::inquiries::Contact;
use crate::api::receiving::By;
use crate::api::reports::Person;
use crate::app::App;
use crate::opening::check_filing;
use crate::problem::Problem;

/// What somebody brings in one filing.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFiling {
    /// A complaint.
    #[serde(default)]
    filing: Option<Filing>,
    /// A report of a breach, alone or beside a complaint.
    #[serde(default)]
    report: Option<ReportFiling>,
    /// Who reports, where no complaint says it.
    #[serde(default)]
    reporter: Option<Person>,
    /// A consultation or a suggestion, by itself.
    #[serde(default)]
    inquiry: Option<InquiryFiling>,
    /// How the answer reaches who asked.
    #[serde(default)]
    contact: Option<Contact>,
    /// How it came, where an officer takes it down.
    #[serde(default)]
    channel: Option<Channel>,
    /// The number that called, of what comes by telephone; of a report beside who reports
    /// it, and none of one without a name.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    caller: Option<Phone>,
    /// Of a complaint that goes straight to the authority.
    #[serde(default)]
    register_at: Option<RegisterAt>,
    /// The account of the person for whom an officer files a complaint.
    #[serde(default)]
    consumer_id: Option<String>,
    /// Whether a complaint is negotiated first: of a consumer it is where nothing is said,
    /// of others never.
    #[serde(default)]
    negotiate: Option<bool>,
}

/// The four kinds in one filing, before it is known whether they go together.
#[derive(Debug, Default)]
pub struct Brought {
    pub filing: Option<Filing>,
    pub report: Option<ReportFiling>,
    pub reporter: Option<Person>,
    pub inquiry: Option<InquiryFiling>,
    pub contact: Option<Contact>,
    /// Of what is no complaint: a complaint's is in its way.
    pub caller: Option<Phone>,
}

/// How a complaint goes.
#[derive(Debug)]
pub enum Way {
    Negotiated,
    Direct {
        intake: Intake,
        consumer_id: Option<String>,
    },
}

/// Which files a filing is to become.
#[derive(Debug)]
pub enum Matter {
    Complaint {
        filing: Box<Filing>,
        way: Way,
        report: Option<Box<ReportFiling>>,
        /// What is known of the persons.
        identities: Vec<IdentityCheck>,
    },
    Report {
        reporter: Person,
        filing: Box<ReportFiling>,
        caller: Option<Phone>,
    },
    Inquiry {
        contact: Option<Contact>,
        filing: InquiryFiling,
        caller: Option<Phone>,
    },
}

impl NewFiling {
    /// The files that it is to become when `by` brings it.
    pub fn matter(self, by: &By) -> Result<Matter, Problem> {
        let theirs = by.account.is_some();
        let complains = self.filing.is_some();
        let negotiated = complains && self.negotiate.unwrap_or(theirs);
        if !complains || negotiated {
            self.nothing_of_a_direct_one()?;
        }
        if negotiated && self.caller.is_some() {
            return Err(only_direct("/caller"));
        }
        if !complains && self.negotiate.is_some() {
            return Err(only_direct("/negotiate"));
        }
        if negotiated && self.channel.is_some() {
            return Err(only_direct("/channel"));
        }
        let intake = Intake {
            channel: self.channel.unwrap_or_default(),
            caller: self.caller.clone(),
            register_at: self.register_at.unwrap_or_default(),
            reference: None,
        };
        let way = match negotiated {
            true => Way::Negotiated,
            false => Way::Direct {
                intake,
                consumer_id: self.consumer_id,
            },
        };
        let brought = Brought {
            filing: self.filing,
            report: self.report,
            reporter: self.reporter,
            inquiry: self.inquiry,
            contact: self.contact,
            caller: self.caller.filter(|_| !complains),
        };
        brought.matter(way, self.channel)
    }

    fn nothing_of_a_direct_one(&self) -> Result<(), Problem> {
        for (field, is_there) in [
            ("/register_at", self.register_at.is_some()),
            ("/consumer_id", self.consumer_id.is_some()),
        ] {
            if is_there {
                return Err(only_direct(field));
            }
        }
        Ok(())
    }
}

fn only_direct(field: &str) -> Problem {
    Problem::invalid(field, Text::new("invalid-only-straight"))
}

impl Brought {
    /// What goes together, with the channel that is said of all of it.
    pub fn matter(self, way: Way, channel: Option<Channel>) -> Result<Matter, Problem> {
        let invalid = |field: &str, key: &'static str| Problem::invalid(field, Text::new(key));
        if self.inquiry.is_some() && (self.filing.is_some() || self.report.is_some()) {
            return Err(invalid("/inquiry", "invalid-inquiry-alone"));
        }
        if self.inquiry.is_none() && self.contact.is_some() {
            return Err(invalid("/contact", "invalid-contact-of-inquiry"));
        }
        if self.reporter.is_some() && (self.filing.is_some() || self.report.is_none()) {
            return Err(invalid("/reporter", "invalid-reporter-of-report"));
        }
        let report = self.report.map(|mut report| {
            report.channel = report.channel.or(channel);
            Box::new(report)
        });
        match (self.filing, report, self.inquiry) {
            (Some(filing), report, _) => Ok(Matter::Complaint {
                filing: Box::new(filing),
                way,
                report,
                identities: Vec::new(),
            }),
            (None, Some(filing), _) => {
                let reporter = self.reporter;
                let reporter = reporter.ok_or_else(|| invalid("/reporter", "invalid-missing"))?;
                called(self.caller.as_ref(), filing.channel)?;
                if self.caller.is_some() && matches!(reporter, Person::Anonymous) {
                    return Err(invalid("/caller", "invalid-caller-without-name"));
                }
                Ok(Matter::Report {
                    reporter,
                    filing,
                    caller: self.caller,
                })
            }
            (None, None, Some(mut filing)) => {
                filing.channel = filing.channel.or(channel);
                called(self.caller.as_ref(), filing.channel)?;
                Ok(Matter::Inquiry {
                    contact: self.contact,
                    filing,
                    caller: self.caller,
                })
            }
            (None, None, None) => Err(invalid("/filing", "invalid-nothing-brought")),
        }
    }
}

/// Only a call has a caller's number.
fn called(caller: Option<&Phone>, channel: Option<Channel>) -> Result<(), Problem> {
    match caller.is_none() || channel == Some(Channel::Hotline) {
        true => Ok(()),
        false => {
            let why = Text::new("invalid-caller-without-call");
            Err(Problem::invalid("/caller", why))
        }
    }
}

impl Way {
    pub fn command(
        &self,
        number: CaseNumber,
        filing: &Filing,
        identities: Vec<IdentityCheck>,
    ) -> Command {
        let filing = Box::new(filing.clone());
        match self {
            Way::Negotiated => Command::File {
                number,
                filing,
                identities,
            },
            Way::Direct {
                intake,
                consumer_id,
            } => Command::FileComplaint {
                number,
                filing,
                intake: intake.clone(),
                consumer_id: consumer_id.clone(),
                identities,
            },
        }
    }
}

impl Matter {
    /// What the domain alone cannot see of it.
    pub async fn check(&self, app: &App) -> Result<(), Problem> {
        match self {
            Matter::Complaint { filing, .. } => {
                let checked = check_filing(app, filing).await;
                checked.map_err(|problem| problem.within("/filing", &FILING_FIELDS))
            }
            Matter::Report { reporter, .. } => reporter.check(),
            Matter::Inquiry { contact, .. } => contact.as_ref().map_or(Ok(()), Contact::check),
        }
    }

    /// Adds what is known of a complaint's persons: by their accounts, and before that what
    /// was confirmed of them while it was entered.
    pub async fn identify(
        &mut self,
        app: &App,
        by: &By,
        confirmed: impl FnOnce(&Filing) -> Vec<IdentityCheck>,
    ) -> Result<(), Problem> {
        let account = by.consumer().or(self.account()).map(str::to_owned);
        let Matter::Complaint {
            filing, identities, ..
        } = self
        else {
            return Ok(());
        };
        *identities = identity::filed(app, filing, account.as_deref()).await?;
        for check in confirmed(filing) {
            identities.retain(|it| it.of != check.of);
            identities.push(check);
        }
        Ok(())
    }

    /// Whether somebody gets a token to come back by: who stands under no account, and is
    /// not a partner's to tell.
    pub fn has_token(&self, by: &By) -> bool {
        match self {
            Matter::Complaint { .. } => false,
            Matter::Report { reporter, .. } => !by.keeps(reporter) && !by.is_partner(),
            Matter::Inquiry { .. } => by.account.is_none() && !by.is_partner(),
        }
    }

    /// The complaint in it.
    pub fn filing(&self) -> Option<&Filing> {
        match self {
            Matter::Complaint { filing, .. } => Some(filing),
            Matter::Report { .. } | Matter::Inquiry { .. } => None,
        }
    }

    /// The account of the complaint, where another files it for her.
    pub fn account(&self) -> Option<&str> {
        match self {
            Matter::Complaint {
                way: Way::Direct { consumer_id, .. },
                ..
            } => consumer_id.as_deref(),
            _ => None,
        }
    }
}

impl By {
    /// A report stands under an account where she reports by name for herself.
    fn keeps(&self, reporter: &Person) -> bool {
        self.account.is_some() && matches!(reporter, Person::Named { .. })
    }

    fn consumer(&self) -> Option<&str> {
        match &self.actor {
            Actor::Consumer { id } => Some(id),
            _ => None,
        }
    }

    fn is_partner(&self) -> bool {
        matches!(self.actor, Actor::Partner { .. })
    }
}
