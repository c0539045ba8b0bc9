//! What becomes of arguments: the typed structs that they are read into, and the requests that these make.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use huaweicloud_tasks::choices;
use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{
    Argument, Body, Endpoint, FilePart, Form, Method, Request, Response, Site, Within, percent_encode,
};
use huaweicloud_tasks::service::apig::{AsyncTask, ExportApis, GatewayProgress, ImportApis};
use huaweicloud_tasks::service::cvr::Filter;
use huaweicloud_tasks::service::iam::PasswordLogin;
use huaweicloud_tasks::service::kps::{Associate, Disassociate, KeypairTask};
use huaweicloud_tasks::service::roma::RomaInstanceProgress;
use huaweicloud_tasks::service::sfs_turbo::Job;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

choices! {
    /// What a wall may be painted in.
    pub enum Colour { Red = "red", Green = "green" }
}

/// An argument of each type, two objects deep.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
struct Paint {
    colour: Option<Colour>,
    tags: Option<Vec<String>>,
    wet: Option<bool>,
    size: Option<Within<-5, 5>>,
    layer: Option<Layer>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
struct Layer {
    #[serde(rename(serialize = "layer_name"))]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

const PAINT: Endpoint = Endpoint::post("Paint", "art", "art", "/v1/walls/{wallId}/paint");

fn site() -> Site {
    Site { project_id: "p".into(), endpoint: Some("https://h".into()), ..Site::default() }
}

fn in_region() -> Site {
    Site { project_id: "p".into(), region: Some("cn-north-4".into()), ..Site::default() }
}

fn read<T: DeserializeOwned>(arguments: &Value) -> Result<T, Error> {
    serde_json::from_value::<Argument>(arguments.clone()).unwrap().read("request")
}

/// What a call takes.
fn parameters<T: DeserializeOwned>(arguments: &Value) -> T {
    read(arguments).unwrap()
}

/// The field and the message of a refusal.
fn refusal<T: DeserializeOwned>(arguments: &Value) -> (String, String) {
    let error = read::<T>(arguments).map(|_| ()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Config);
    (error.field.clone().unwrap(), error.message.clone())
}

fn json_of(request: &Request) -> &str {
    let Body::Json(text) = &request.body else { panic!("{:?}", request.body) };
    text
}

#[test]
fn an_unknown_name_is_told_with_those_beside_it() {
    let told = |refused: (String, String), field: &str, known: &str| {
        assert_eq!(refused, (field.to_owned(), format!("{field}: unknown; expected one of {known}")));
    };
    told(
        refusal::<ImportApis>(&json!({"mode": "merge"})),
        "mode",
        "isCreateGroup, groupId, extendMode, simpleMode, mockMode, apiMode, fileName",
    );
    told(
        refusal::<ExportApis>(&json!({"env_id": "e"})),
        "env_id",
        "oasVersion, envId, groupId, define, type, version, apis",
    );
    told(refusal::<Filter>(&json!({"page": 1})), "page", "status, applicationId, serverId, deviceId, limit, offset");
    told(refusal::<PasswordLogin>(&json!({"name": "u"})), "name", "user, password, domain, project");
    told(refusal::<Associate>(&json!({"auth": {}})), "auth", "keypairName, server");
    told(
        refusal::<Associate>(&json!({"keypairName": "k", "server": {"id": "s", "foo": 1}})),
        "server.foo",
        "server.id, server.auth, server.disablePassword, server.port",
    );
    told(refusal::<Disassociate>(&json!({"server": {"port": 22}})), "server.port", "server.id, server.auth");
    told(
        refusal::<Disassociate>(&json!({"server": {"id": "s", "auth": {"pin": 1}}})),
        "server.auth.pin",
        "server.auth.type, server.auth.key",
    );
}

#[test]
fn what_is_fixed_has_no_name_to_give_it_by() {
    for name in ["", "methods", "nocatalog", "identity", "auth"] {
        let login = json!({"user": "u", "password": "w", "domain": "d", name: "x"});
        assert!(read::<PasswordLogin>(&login).is_err(), "{name}");
    }
    for name in ["projectId", "instanceId"] {
        assert!(read::<ImportApis>(&json!({name: "x"})).is_err(), "{name} has a place of its own");
    }
}

#[test]
fn a_value_where_an_object_is_expected_is_told_and_the_other_way_round() {
    for (arguments, field, expected) in [
        (json!({"layer": "top"}), "layer", "expected an object"),
        (json!({"layer": 5}), "layer", "expected an object"),
        (json!({"layer": true}), "layer", "expected an object"),
        (json!({"layer": ["top"]}), "layer", "expected an object"),
        (json!({"layer": {"name": {"first": "top"}}}), "layer.name", "expected a non-empty string"),
        (json!({"layer": {"name": {}}}), "layer.name", "expected a non-empty string"),
        (json!({"size": {"width": {"cm": 1}}}), "size", "expected an integer from -5 to 5"),
        (json!({"colour": {"name": "red"}}), "colour", "expected one of red, green"),
        (json!({"tags": {"0": "a"}}), "tags", "expected an array of non-empty strings"),
        (json!({"wet": {"yes": true}}), "wet", "expected true or false"),
    ] {
        assert_eq!(refusal::<Paint>(&arguments), (field.to_owned(), format!("{field}: {expected}")), "{arguments}");
    }
    for none in [json!(null), json!("x"), json!(5), json!(true), json!([]), json!([{"wet": true}])] {
        let expected = ("request".to_owned(), "request: expected an object".to_owned());
        assert_eq!(refusal::<Paint>(&none), expected, "{none}");
    }
}

#[test]
fn a_value_of_another_type_or_out_of_range_is_told() {
    for (arguments, field) in [
        (json!({"colour": "blue"}), "colour"),
        (json!({"colour": "RED"}), "colour"),
        (json!({"colour": 1}), "colour"),
        (json!({"tags": "a"}), "tags"),
        (json!({"tags": ["a", ""]}), "tags"),
        (json!({"tags": ["a", 1]}), "tags"),
        (json!({"tags": ["a", null]}), "tags"),
        (json!({"wet": "true"}), "wet"),
        (json!({"wet": 1}), "wet"),
        (json!({"size": -6}), "size"),
        (json!({"size": 6}), "size"),
        (json!({"size": 1.5}), "size"),
        (json!({"size": "1"}), "size"),
        (json!({"size": true}), "size"),
        (json!({"size": 99_999_999_999_999_999_999.0}), "size"),
        (json!({"layer": {"name": ""}}), "layer.name"),
        (json!({"layer": {"name": 5}}), "layer.name"),
        (json!({"layer": {"name": "n", "key": ["s3cret"]}}), "layer.key"),
    ] {
        assert_eq!(refusal::<Paint>(&arguments).0, field, "{arguments}");
    }
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.5, f64::MAX] {
        let size = Argument::Object(vec![("size".into(), Argument::Number(number))]);
        assert_eq!(size.read::<Paint>("request").unwrap_err().field.as_deref(), Some("size"), "{number}");
    }
}

#[test]
fn a_refusal_never_repeats_the_value() {
    for arguments in [
        json!({"colour": "s3cret"}),
        json!({"wet": "s3cret"}),
        json!({"layer": "s3cret"}),
        json!({"layer": {"name": "n", "key": {"s3cret": "s3cret"}}}),
        json!({"other": "s3cret"}),
        json!("s3cret"),
    ] {
        assert!(!format!("{:?}", read::<Paint>(&arguments).unwrap_err()).contains("s3cret"), "{arguments}");
    }
}

#[test]
fn what_an_optional_object_needs_is_needed_only_with_it() {
    for arguments in [json!({}), json!({"layer": null})] {
        assert!(parameters::<Paint>(&arguments).layer.is_none());
    }
    for arguments in [json!({"layer": {}}), json!({"layer": {"key": "k"}}), json!({"layer": {"name": null}})] {
        let expected = ("layer.name".to_owned(), "layer.name: expected a non-empty string".to_owned());
        assert_eq!(refusal::<Paint>(&arguments), expected, "{arguments}");
    }
    assert!(parameters::<Disassociate>(&json!({"server": {"id": "s"}})).server.auth.is_none());
    let auth = |auth: Value| refusal::<Disassociate>(&json!({"server": {"id": "s", "auth": auth}})).0;
    assert_eq!(auth(json!({})), "server.auth.type");
    assert_eq!(auth(json!({"type": "password"})), "server.auth.key");
}

#[test]
fn an_argument_is_taken_once_and_the_last_of_its_name_counts() {
    let mut argument: Argument = serde_json::from_str(r#"{"a":1,"b":"x","a":2}"#).unwrap();
    assert_eq!(argument.take("a"), Argument::Number(2.0));
    assert_eq!(argument.take("a"), Argument::Nothing);
    assert_eq!(argument, Argument::Object(vec![("b".into(), Argument::Text("x".into()))]));
    assert_eq!(Argument::Flag(true).take("a"), Argument::Nothing);
}

#[test]
fn a_query_is_percent_encoded_whatever_it_holds() {
    for (text, encoded) in [
        ("plain-1._~", "plain-1._~"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a&b=c?d#e", "a%26b%3Dc%3Fd%23e"),
        ("50%", "50%25"),
        ("%2e", "%252e"),
        ("ü一😀", "%C3%BC%E4%B8%80%F0%9F%98%80"),
        ("\r\n\0", "%0D%0A%00"),
        ("..", ".."),
    ] {
        let filter = Filter { application_id: Some(text.into()), ..Filter::default() };
        let expected = format!("https://h/v2/cvr/render-tasks?application_id={encoded}");
        assert_eq!(filter.request(&site()).unwrap().url, expected, "{text}");
        assert_eq!(percent_encode(text), encoded, "{text}");
    }
    let request = PAINT.request(&site(), &[("wallId", "w")]).unwrap().query("mode", "fast").query("wet", "true");
    assert_eq!(request.url, "https://h/v1/walls/w/paint?mode=fast&wet=true");
}

#[test]
fn an_id_is_one_segment_of_the_path_whatever_it_holds() {
    for (id, segment) in [
        ("a/b", "a%2Fb"),
        ("../../x", "..%2F..%2Fx"),
        ("a?b#c", "a%3Fb%23c"),
        ("a\\b", "a%5Cb"),
        ("...", "..."),
        ("%2e%2e", "%252e%252e"),
        ("ç {}", "%C3%A7%20%7B%7D"),
        ("{wallId}", "%7BwallId%7D"),
    ] {
        let url = PAINT.request(&site(), &[("wallId", id)]).unwrap().url;
        assert_eq!(url, format!("https://h/v1/walls/{segment}/paint"));
    }
    for step in [".", ".."] {
        for name in ["projectId", "instanceId", "taskId"] {
            let of = |known: &str, id: &'static str| if known == name { step } else { id };
            let site = Site { project_id: of("projectId", "p").into(), ..site() };
            let error = AsyncTask::request(&site, of("instanceId", "i"), of("taskId", "t")).unwrap_err();
            assert_eq!(error.field.as_deref(), Some(name));
            assert_eq!(error.message, format!("{name}: expected an id, found a step in a path"));
        }
    }
    for nothing in [&[("wallId", "")][..], &[], &[("projectId", "w")]] {
        let error = PAINT.request(&site(), nothing).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("wallId")));
        assert_eq!(error.message, "wallId: expected a non-empty string");
    }
}

#[test]
fn a_body_nests_as_its_struct_says_in_the_order_of_its_fields() {
    let paint = parameters::<Paint>(&json!({
        "layer": {"key": "k\"ey", "name": "top"}, "wet": false, "size": -5, "tags": ["a", "b"], "colour": "green",
    }));
    let layer = r#"{"layer_name":"top","key":"k\"ey"}"#;
    let expected = format!(r#"{{"colour":"green","tags":["a","b"],"wet":false,"size":-5,"layer":{layer}}}"#);
    let request = PAINT.request(&site(), &[("wallId", "w")]).unwrap().json(&paint);
    assert_eq!(json_of(&request), expected);
    assert_eq!((request.content_type, request.method.as_str()), (Some("application/json"), "POST"));
    let least = PAINT.request(&site(), &[("wallId", "w")]).unwrap().json(&parameters::<Paint>(&json!({"tags": []})));
    assert_eq!(json_of(&least), r#"{"colour":null,"tags":[],"wet":null,"size":null,"layer":null}"#);
}

#[test]
fn a_form_has_its_fields_as_text_and_its_file_by_name() {
    let file = FilePart { field: "picture", name: "../wall.png".into() };
    let form = Form { fields: vec![("dry", "false".to_owned())], file };
    let request = PAINT.request(&site(), &[("wallId", "w")]).unwrap().form(form.clone());
    assert_eq!(request.body, Body::Form(form));
    // Who sends it makes the content type, which says where its parts end.
    assert_eq!(request.content_type, None);
}

#[test]
fn nothing_is_printed_that_may_be_a_secret() {
    let arguments = json!({"server": {"id": "s3cret-id", "auth": {"type": "password", "key": "s3cret-key"}}});
    let disassociate = parameters::<Disassociate>(&arguments);
    let request = disassociate.request(&site()).unwrap();
    assert!(json_of(&request).contains("s3cret-key"));
    let printed = format!("{request:?} {request:#?} {:?}", request.body);
    assert!(printed.contains("POST") && printed.contains("https://h/v3/p/keypairs/disassociate"), "{printed}");
    assert!(!printed.contains("s3cret"), "{printed}");

    assert!(!format!("{disassociate:?}").contains("s3cret-key"));
    let login = parameters::<PasswordLogin>(&json!({"user": "u", "password": "s3cret", "domain": "d"}));
    assert!(format!("{login:?}").contains("\"u\"") && !format!("{login:#?}").contains("s3cret"));
    let argument = serde_json::from_value::<Argument>(arguments).unwrap();
    assert_eq!(format!("{argument:?}"), "Object");
    assert_eq!(format!("{:?}", Argument::List(vec![Argument::Text("s3cret".into())])), "List");
}

#[test]
fn a_printed_response_has_neither_its_body_nor_its_token() {
    let response = Response {
        status: 201,
        request_id: Some("r-1".into()),
        subject_token: Some("s3cret".into()),
        body: r#"{"password":"s3cret"}"#.into(),
        ..Response::default()
    };
    for printed in [format!("{response:?}"), format!("{response:#?}")] {
        assert!(printed.contains("201") && printed.contains("r-1"), "{printed}");
        assert!(!printed.contains("s3cret"), "{printed}");
    }
}

#[test]
fn a_printed_error_leaves_the_body_out() {
    let error = Error::from_answer("Ask", 500, Some("r-1"), "<p>a user's name</p>");
    let printed = format!("{error:?} {error:#?}");
    assert!(printed.contains("Server") && printed.contains("500") && printed.contains("r-1"), "{printed}");
    assert!(!printed.contains("a user's name"), "{printed}");
}

#[test]
fn a_request_is_all_that_is_to_be_sent() {
    let request = GatewayProgress::request(&in_region(), "a b").unwrap();
    let expected = Request {
        name: "ShowDetailsOfInstanceProgressV2",
        method: Method::Get,
        url: "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/a%20b/progress".into(),
        content_type: None,
        body: Body::Nothing,
        proves_itself: false,
        secrets: vec![],
    };
    assert!(request == expected && request.reads(), "{request:?}");

    let server = json!({"id": "s", "auth": {"type": "keypair", "key": "one\ntwo"}});
    let request = parameters::<Disassociate>(&json!({"server": server})).request(&in_region()).unwrap();
    let expected = Request {
        name: "DisassociateKeypair",
        method: Method::Post,
        url: "https://kms.cn-north-4.myhuaweicloud.com/v3/p/keypairs/disassociate".into(),
        content_type: Some("application/json"),
        body: Body::Json(r#"{"server":{"id":"s","auth":{"type":"keypair","key":"one\ntwo"}}}"#.into()),
        proves_itself: false,
        secrets: vec!["one\ntwo".into()],
    };
    assert!(request == expected && !request.reads(), "{request:?}");

    let request = ImportApis::default().request(&in_region(), "i", "a.yaml").unwrap();
    let fields = [
        ("is_create_group", "true"),
        ("extend_mode", "merge"),
        ("simple_mode", "false"),
        ("mock_mode", "false"),
        ("api_mode", "merge"),
    ];
    let form = Form {
        fields: fields.map(|(name, value)| (name, value.to_owned())).to_vec(),
        file: FilePart { field: "file_name", name: "a.yaml".into() },
    };
    assert_eq!(request.body, Body::Form(form));
}

#[test]
fn every_call_goes_where_the_documents_say() {
    let site = in_region();
    let server = json!({"id": "s"});
    let export = json!({"envId": "e", "groupId": "g"});
    let login = parameters::<PasswordLogin>(&json!({"user": "u", "password": "w", "domain": "d"}));
    for (request, asked) in [
        (GatewayProgress::request(&site, "i"), "GET apig /v2/p/apigw/instances/i/progress"),
        (AsyncTask::request(&site, "i", "t"), "GET apig /v2/p/apigw/instances/i/async-tasks/t"),
        (ImportApis::default().request(&site, "i", "f"), "POST apig /v2/p/apigw/instances/i/openapi/async-import"),
        (
            parameters::<ExportApis>(&export).request(&site, "i"),
            "POST apig /v2/p/apigw/instances/i/openapi/async-export?oas_version=2.0",
        ),
        (RomaInstanceProgress::request(&site, "i"), "GET roma /v2/p/instances/i/process"),
        (Job::request(&site, "j"), "GET sfs-turbo /v1/p/sfs-turbo/jobs/j"),
        (KeypairTask::request(&site, "t"), "GET kms /v3/p/tasks/t"),
        (
            parameters::<Associate>(&json!({"keypairName": "k", "server": server})).request(&site),
            "POST kms /v3/p/keypairs/associate",
        ),
        (parameters::<Disassociate>(&json!({"server": server})).request(&site), "POST kms /v3/p/keypairs/disassociate"),
        (Filter::default().request(&site), "GET cvr /v2/cvr/render-tasks"),
        (login.request(&site), "POST iam /v3/auth/tokens?nocatalog=true"),
    ] {
        let request = request.unwrap();
        let (method, to) = asked.split_once(' ').unwrap();
        let (service, path) = to.split_once(' ').unwrap();
        let url = format!("https://{service}.cn-north-4.myhuaweicloud.com{path}");
        assert_eq!((request.method.as_str(), request.url), (method, url), "{asked}");
        assert_eq!(request.proves_itself, service == "iam", "{asked}");
    }
}
