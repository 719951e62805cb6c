//! The contract's types and the three worlds, made from `schemas/wit`. The types
//! exist once; each world is a module of its own.

pub mod types {
    wit_bindgen::generate!({
        path: "../../schemas/wit",
        world: "hejie:plugin/types",
        additional_derives: [PartialEq, serde::Serialize, serde::Deserialize],
    });
}

#[cfg(any(feature = "resolver", feature = "reviewer", feature = "mediator"))]
macro_rules! role {
    ($module:ident, $world:literal, $macro_name:literal, $bindings:literal) => {
        pub mod $module {
            wit_bindgen::generate!({
                path: "../../schemas/wit",
                world: $world,
                pub_export_macro: true,
                export_macro_name: $macro_name,
                default_bindings_module: $bindings,
                additional_derives: [PartialEq, serde::Serialize, serde::Deserialize],
                with: {
                    "hejie:plugin/values@1.0.0": crate::bindings::types::hejie::plugin::values,
                    "hejie:plugin/dispute@1.0.0": crate::bindings::types::hejie::plugin::dispute,
                    "hejie:plugin/events@1.0.0": crate::bindings::types::hejie::plugin::events,
                    "hejie:plugin/actions@1.0.0": crate::bindings::types::hejie::plugin::actions,
                    "hejie:plugin/run@1.0.0": crate::bindings::types::hejie::plugin::run,
                    "hejie:plugin/calendar@1.0.0": crate::bindings::types::hejie::plugin::calendar,
                    "hejie:plugin/money@1.0.0": crate::bindings::types::hejie::plugin::money,
                    "hejie:plugin/log@1.0.0": crate::bindings::types::hejie::plugin::log,
                },
            });
        }
    };
}

#[cfg(feature = "resolver")]
role!(
    resolver,
    "hejie:plugin/resolver",
    "export_resolver",
    "hejie_sdk::bindings::resolver"
);
#[cfg(feature = "reviewer")]
role!(
    reviewer,
    "hejie:plugin/reviewer",
    "export_reviewer",
    "hejie_sdk::bindings::reviewer"
);
#[cfg(feature = "mediator")]
role!(
    mediator,
    "hejie:plugin/mediator",
    "export_mediator",
    "hejie_sdk::bindings::mediator"
);
