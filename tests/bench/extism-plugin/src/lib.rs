//! The decision of `retail-returns` as an Extism plugin: the same code behind the
//! peer's own interface, which is bytes in and bytes out, here JSON.

use extism_pdk::{FnResult, Json, host_fn, plugin_fn};
use hejie_sdk::{Calendar, Context, Event, Unknown, actions, install_calendar};
use retail_returns::RetailReturns;
use serde::{Deserialize, Serialize};

#[host_fn]
extern "ExtismHost" {
    fn add_working_days(start: String, days: u64) -> String;
    fn days_between(start: String, end: String) -> u64;
}

/// The host's calendar.
struct HostCalendar;

impl Calendar for HostCalendar {
    fn add_working_days(&self, start: &str, days: u32) -> Result<String, Unknown> {
        // SAFETY: the host defines this function with this signature; the call only
        // passes values.
        unsafe { add_working_days(start.to_owned(), u64::from(days)) }
            .map_err(|_| Unknown::Malformed)
    }

    fn days_between(&self, start: &str, end: &str) -> Result<u32, Unknown> {
        // SAFETY: as above.
        let days = unsafe { days_between(start.to_owned(), end.to_owned()) };
        let days = days.map_err(|_| Unknown::Malformed)?;
        u32::try_from(days).map_err(|_| Unknown::Malformed)
    }

    // The two that this decision never asks.
    fn working_days_between(&self, _: &str, _: &str) -> Result<u32, Unknown> {
        Err(Unknown::Malformed)
    }

    fn add_days(&self, _: &str, _: u32) -> Result<String, Unknown> {
        Err(Unknown::Malformed)
    }
}

#[derive(Deserialize)]
struct Input {
    context: Context,
    event: Event,
}

#[derive(Serialize)]
struct Decision {
    actions: Vec<actions::ResolverAction>,
    memory: Vec<u8>,
    reasons: Vec<actions::Reason>,
}

#[plugin_fn]
pub fn decide(Json(input): Json<Input>) -> FnResult<Json<Decision>> {
    install_calendar(Box::new(HostCalendar));
    let (answer, memory) = hejie_sdk::resolve::<RetailReturns>(input.context, input.event);
    let (actions, reasons) = answer.into_parts();
    Ok(Json(Decision {
        actions,
        memory,
        reasons,
    }))
}
