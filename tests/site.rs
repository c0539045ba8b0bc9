//! Where requests go: the services' own addresses in a region, and addresses of one's own.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use huaweicloud_tasks::error::ErrorKind;
use huaweicloud_tasks::http::{Endpoint, Site};
use huaweicloud_tasks::service::apig::GATEWAY_PROGRESS;
use huaweicloud_tasks::service::cvr::{Filter, RENDER_TASKS};
use huaweicloud_tasks::service::iam::TOKEN;
use huaweicloud_tasks::service::kps::{ASSOCIATE, DISASSOCIATE, TASK};
use huaweicloud_tasks::service::roma::INSTANCE_PROGRESS;
use huaweicloud_tasks::service::sfs_turbo::JOB;

fn in_region(region: &str) -> Site {
    Site { project_id: "p".into(), region: Some(region.into()), ..Site::default() }
}

fn at(endpoint: &str) -> Site {
    Site { project_id: "p".into(), endpoint: Some(endpoint.into()), ..Site::default() }
}

/// The same site with addresses of their own for some parts of the client.
fn with(site: Site, endpoints: &[(&str, &str)]) -> Site {
    let overrides = endpoints.iter().map(|(group, address)| ((*group).to_owned(), (*address).to_owned()));
    Site { endpoints: overrides.collect(), ..site }
}

fn address(site: &Site, endpoint: &Endpoint) -> String {
    site.address(endpoint).unwrap()
}

#[test]
fn each_service_has_an_address_of_its_own_in_a_region() {
    for (endpoint, service) in [
        (GATEWAY_PROGRESS, "apig"),
        (INSTANCE_PROGRESS, "roma"),
        (JOB, "sfs-turbo"),
        (TASK, "kms"),
        (ASSOCIATE, "kms"),
        (DISASSOCIATE, "kms"),
        (RENDER_TASKS, "cvr"),
        (TOKEN, "iam"),
    ] {
        let expected = format!("https://{service}.cn-north-4.myhuaweicloud.com");
        assert_eq!(address(&in_region("cn-north-4"), &endpoint), expected);
        // The one region that is run from Europe.
        let expected = format!("https://{service}.eu-west-101.myhuaweicloud.eu");
        assert_eq!(address(&in_region("eu-west-101"), &endpoint), expected);
    }
    assert_eq!(address(&in_region("eu-west-1010"), &TOKEN), "https://iam.eu-west-1010.myhuaweicloud.com");
}

#[test]
fn an_address_may_end_in_a_slash_and_have_a_path() {
    for (endpoint, url) in [
        ("https://h", "https://h/v2/cvr/render-tasks"),
        ("https://h/", "https://h/v2/cvr/render-tasks"),
        ("https://h/a/b//", "https://h/a/b/v2/cvr/render-tasks"),
        ("/huawei/", "/huawei/v2/cvr/render-tasks"),
        ("/", "/v2/cvr/render-tasks"),
    ] {
        assert_eq!(Filter::default().request(&at(endpoint)).unwrap().url, url);
    }
}

#[test]
fn a_service_may_be_elsewhere_than_the_others() {
    let overrides = [("kps", "https://keys.example/")];
    for site in [with(in_region("cn-north-4"), &overrides), with(at("https://all.example/huawei"), &overrides)] {
        assert_eq!(address(&site, &TASK), "https://keys.example");
        assert_eq!(address(&site, &ASSOCIATE), "https://keys.example");
    }
    let others = "https://cvr.cn-north-4.myhuaweicloud.com";
    assert_eq!(address(&with(in_region("cn-north-4"), &overrides), &RENDER_TASKS), others);
    assert_eq!(
        address(&with(at("https://all.example/huawei"), &overrides), &RENDER_TASKS),
        "https://all.example/huawei"
    );
    // An address of its own is enough for a service, and for none beside it.
    let alone = with(Site::default(), &overrides);
    assert_eq!(address(&alone, &TASK), "https://keys.example");
    assert_eq!(alone.address(&RENDER_TASKS).unwrap_err().field.as_deref(), Some("region"));
}

#[test]
fn a_service_goes_by_its_name_in_the_client() {
    let overrides = [("sfsTurbo", "https://files.example"), ("kms", "https://no"), ("sfs-turbo", "https://no")];
    let site = with(in_region("eu-west-101"), &overrides);
    assert_eq!(address(&site, &JOB), "https://files.example");
    assert_eq!(address(&site, &TASK), "https://kms.eu-west-101.myhuaweicloud.eu");
}

#[test]
fn an_endpoint_goes_before_a_region() {
    let both = Site { region: Some("cn-north-4".into()), ..at("https://h") };
    assert_eq!(address(&both, &TASK), "https://h");
}

#[test]
fn what_cannot_be_part_of_a_host_name_is_no_region() {
    for region in [
        "",
        "cn.north",
        "evil.example/",
        "evil.example/#",
        "CN-NORTH-4",
        "a@b",
        "a:80",
        "a b",
        "a\\b",
        "ä",
        "a\n",
        "%2f",
    ] {
        for endpoint in [TASK, RENDER_TASKS] {
            let error = in_region(region).address(&endpoint).unwrap_err();
            assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("region")), "{region}");
            let expected = "region: expected lower-case letters, digits and hyphens, such as cn-north-4";
            assert_eq!(error.message, expected);
        }
        assert_eq!(Filter::default().request(&in_region(region)).unwrap_err().field.as_deref(), Some("region"));
    }
}

#[test]
fn nowhere_is_told() {
    let error = Site::default().address(&RENDER_TASKS).unwrap_err();
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("region")));
    assert_eq!(error.message, "region: expected a region or an endpoint, found neither");
    let error = TASK.request(&Site { region: Some("cn-north-4".into()), ..Site::default() }, &[("taskId", "t")]);
    assert_eq!(error.unwrap_err().field.as_deref(), Some("projectId"));
}
