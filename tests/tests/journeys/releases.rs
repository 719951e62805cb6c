use hejie_tests::{package, shop_settings};
use serde_json::json;

use crate::world::{Kind, World};

const RETURNS: &str = "/organisations/shop/plugins/hejie.retail-returns";

#[tokio::test]
async fn what_the_operator_suspended_only_the_operator_releases() {
    let world = World::new(Kind::Sqlite).await;
    let suspension = format!("{RETURNS}/suspension");
    let activation = format!("{RETURNS}/activation");
    let suspended = world.operator().post(&suspension, json!({})).await;
    let suspended = suspended.unwrap().good().unwrap();
    assert_eq!(suspended["state"], "suspended_by_operator");
    let again = world.agent.post(&suspension, json!({})).await.unwrap();
    assert_eq!(again.good().unwrap()["state"], "suspended_by_operator");
    let digest = json!({"digest": suspended["active"]});
    let lifted = world.agent.post(&activation, digest.clone()).await.unwrap();
    assert_eq!(lifted.status.as_u16(), 403);
    let lifted = world.operator().post(&activation, digest).await.unwrap();
    assert_eq!(lifted.good().unwrap()["state"], "active");
}

#[tokio::test]
async fn a_role_belongs_to_its_kind_of_organisation() {
    let world = World::new(Kind::Sqlite).await;
    for (organisation, plugin) in [("council", "retail-returns"), ("shop", "prepaid-card")] {
        let path = format!("/organisations/{organisation}/plugins");
        let bytes = package(plugin).unwrap();
        let answer = world.operator().post_bytes(&path, bytes).await.unwrap();
        assert_eq!(answer.status.as_u16(), 422);
        assert_eq!(answer.body["type"], "/problems/wrong-role");
    }
}

#[tokio::test]
async fn a_strangers_package_is_refused_unread() {
    let world = World::new(Kind::Sqlite).await;
    let too_large = vec![0; 65 << 20];
    let path = "/organisations/shop/plugins";
    // Whoever may not install learns that, and not that it was too large.
    if let Ok(answer) = world.consumer.post_bytes(path, too_large).await {
        assert_eq!(answer.status.as_u16(), 403);
    }
    let path = "/organisations/nobody/plugins";
    let answer = world.operator().post_bytes(path, b"junk".to_vec()).await;
    assert_eq!(answer.unwrap().status.as_u16(), 404);
}

#[tokio::test]
async fn secrets_are_declared_and_fit_a_header() {
    let world = World::new(Kind::Sqlite).await;
    let settings = shop_settings("http://127.0.0.1:1");
    for (name, value) in [("other", "s"), ("order_system_token", "a\r\nb")] {
        let set = json!({"settings": settings, "secrets": {name: value}});
        let answer = world.agent.put(&format!("{RETURNS}/settings"), set).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status.as_u16(), 422);
        assert_eq!(answer.pointers(), [format!("/secrets/{name}")]);
    }
}
