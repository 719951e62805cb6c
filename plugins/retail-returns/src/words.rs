//! What the plugin says, in both languages.

use hejie_sdk::{Text, text};

pub fn other_category() -> Text {
    text(
        "该类商品由人工客服处理。",
        "This kind of goods is dealt with by a person.",
    )
}

pub fn other_remedy() -> Text {
    text(
        "您的诉求需要人工客服处理。",
        "What you ask for needs a person.",
    )
}

pub fn order_unreadable() -> Text {
    text(
        "订单系统的答复无法识别。",
        "The order system's answer could not be read.",
    )
}

pub fn other_order() -> Text {
    text(
        "订单系统中的订单与您所述的订单号、价款或日期不一致，由人工客服核对。",
        "The order in the order system differs from the number, price or dates you stated; a person will check.",
    )
}

pub fn other_terms() -> Text {
    text(
        "您的方案包含退款退货以外的内容，由人工客服答复。",
        "Your offer has more in it than a refund for goods; a person will answer.",
    )
}

pub fn order_unknown() -> Text {
    text(
        "订单系统中没有这个订单号。",
        "The order system does not know this order.",
    )
}

pub fn order_system_silent() -> Text {
    text(
        "订单系统暂时没有答复。",
        "The order system gives no answer at present.",
    )
}

pub fn out_of_policy() -> Text {
    text(
        "按店铺政策无法自动给出方案。",
        "The shop's policy gives no automatic offer.",
    )
}

pub fn beyond_mandate() -> Text {
    text(
        "金额超出自动处理的权限。",
        "The amount is beyond the automatic mandate.",
    )
}

pub fn over_ceiling(ceiling: &str) -> Text {
    text(
        format!("金额超过自动处理上限{ceiling}。"),
        format!("The amount is above the automatic ceiling of {ceiling}."),
    )
}

pub fn performance_due() -> Text {
    text(
        "约定的履行日期已过，请人工核实。",
        "The day to perform has passed; a person must check.",
    )
}

pub fn promise_rule() -> Text {
    text(
        "店铺按协议约定的日期履行。",
        "The shop performs by the agreed day.",
    )
}

pub fn mandate_rule() -> Text {
    text(
        "店铺政策：超出权限的事项交人工处理。",
        "Shop policy: beyond the mandate a person decides.",
    )
}

pub fn check_rule() -> Text {
    text(
        "店铺政策：先核对订单再给方案。",
        "Shop policy: the order is checked before an offer.",
    )
}

pub fn evidence_rule() -> Text {
    text(
        "店铺政策：质量问题凭照片办理。",
        "Shop policy: faults are shown by a photo.",
    )
}

pub fn window_rule(days: u32) -> Text {
    text(
        format!("店铺政策：签收后{days}日内可退；不低于法定权益。"),
        format!("Shop policy: returns within {days} days of receipt; never below the law."),
    )
}

pub fn reference(reference: &str) -> Text {
    text(format!("订单号{reference}"), format!("Order {reference}"))
}

pub fn no_order() -> Text {
    text("没有可核对的订单号", "There is no order number to check")
}

pub fn ask_reference() -> Text {
    text(
        "请提供订单号，便于我们核对。",
        "Please give the order number so that we can check.",
    )
}

pub fn ask_photo() -> Text {
    text(
        "请上传商品问题的照片。",
        "Please add a photo of what is wrong.",
    )
}

pub fn said_faulty() -> Text {
    text(
        "消费者反映商品有质量问题",
        "The consumer says the goods are faulty",
    )
}

pub fn price(price: &str) -> Text {
    text(format!("订单价款{price}"), format!("Order price {price}"))
}

pub fn received(day: Option<&str>) -> Text {
    match day {
        Some(day) => text(format!("签收日期{day}"), format!("Received on {day}")),
        None => text("尚未签收", "Not received yet"),
    }
}

pub fn floor(floor: &str) -> Text {
    text(
        format!("法定无条件权益{floor}"),
        format!("Unconditional by law {floor}"),
    )
}

pub fn offer_note(amount: &str) -> Text {
    text(
        format!("我们退还{amount}。"),
        format!("We refund {amount}."),
    )
}

pub fn raised_note(amount: &str) -> Text {
    text(
        format!("我们可以提高到{amount}。"),
        format!("We can go up to {amount}."),
    )
}

pub fn asked(amount: &str) -> Text {
    text(
        format!("消费者提出{amount}"),
        format!("The consumer proposes {amount}"),
    )
}

pub fn first(amount: &str) -> Text {
    text(format!("首次方案{amount}"), format!("First offer {amount}"))
}

pub fn send_back() -> String {
    "寄回商品，商品应当完好 / The goods are sent back intact".to_owned()
}
