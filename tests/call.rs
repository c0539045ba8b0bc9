//! What a table makes of arguments, on tables of its own and on those of the services.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::call::{Arguments, Body, Endpoint, Kind, Parameter, Request, percent_encode};
use huaweicloud_tasks::error::{self, Error};
use huaweicloud_tasks::service::View;
use huaweicloud_tasks::service::apig::ASYNC_TASK;
use huaweicloud_tasks::service::apig_files::{EXPORT_APIS, IMPORT_APIS};
use huaweicloud_tasks::service::cvr::RENDER_TASKS;
use huaweicloud_tasks::service::iam::TOKEN;
use huaweicloud_tasks::service::kps::{ASSOCIATE, DISASSOCIATE};

const COLOURS: Kind = Kind::Word(&["red", "green"]);

/// One parameter of each kind, two objects deep.
const PAINT: Endpoint<()> = Endpoint::post("Paint", "art", "/v1/walls/{wallId}/paint", Body::Json, |_| Ok(())).taking(
    const {
        &[
            Parameter::query("", "mode", Kind::Fixed("fast")),
            Parameter::query("colour", "the_colour", COLOURS).or("red"),
            Parameter::query("tags", "tags", Kind::Texts),
            Parameter::query("wet", "wet", Kind::Flag),
            Parameter::field("", "spec.methods", Kind::FixedList("brush")),
            Parameter::field("size", "spec.size", Kind::Integer(-5, 5)),
            Parameter::field("layer", "spec.layer", Kind::Object),
            Parameter::field("layer.name", "spec.layer.layer_name", Kind::Text).required(),
            Parameter::field("layer.key", "spec.layer.key", Kind::Secret),
            Parameter::field("layer.coats", "spec.layer.coats", Kind::Texts),
            Parameter::field("dry", "dry", Kind::Flag),
        ]
    },
);

/// The same as a form.
const FORM: Endpoint<()> = Endpoint::post("Send", "art", "/v1/walls/{wallId}", Body::Form, |_| Ok(())).taking(
    const {
        &[
            Parameter::field("dry", "dry", Kind::Flag).or("true"),
            Parameter::field("size", "size", Kind::Integer(-5, 5)),
            Parameter::field("fileName", "picture", Kind::FileName).required(),
        ]
    },
);

fn requested<T>(call: &Endpoint<T>, arguments: &str) -> Result<Request, Error> {
    call.request(Arguments::from_json(arguments).unwrap(), "https://h")
}

fn paint(own: &str) -> Result<Request, Error> {
    requested(&PAINT, &format!(r#"{{"wallId":"w"{own}}}"#))
}

/// The field and the message of a refusal.
fn refusal(result: Result<Request, Error>) -> (String, String) {
    let error = result.unwrap_err();
    assert_eq!(error.kind, error::Kind::Config);
    (error.field.clone().unwrap(), error.message.clone())
}

#[test]
fn an_unknown_name_is_told_with_those_beside_it() {
    let cases: [(&Endpoint<View>, &str, &str, &str); 9] = [
        (&ASYNC_TASK, r#"{"taskID":"t"}"#, "taskID", "projectId, instanceId, taskId"),
        (
            &IMPORT_APIS,
            r#"{"mode":"merge"}"#,
            "mode",
            "projectId, instanceId, isCreateGroup, groupId, extendMode, simpleMode, mockMode, apiMode, fileName",
        ),
        (
            &EXPORT_APIS,
            r#"{"env_id":"e"}"#,
            "env_id",
            "projectId, instanceId, oasVersion, envId, groupId, define, type, version, apis",
        ),
        (&RENDER_TASKS, r#"{"page":1}"#, "page", "status, applicationId, serverId, deviceId, limit, offset"),
        (&TOKEN, r#"{"name":"u"}"#, "name", "user, password, domain, project, projectId"),
        (&ASSOCIATE, r#"{"auth":{}}"#, "auth", "projectId, keypairName, server"),
        (
            &ASSOCIATE,
            r#"{"server":{"id":"s","foo":1}}"#,
            "server.foo",
            "server.id, server.auth, server.disablePassword, server.port",
        ),
        (&DISASSOCIATE, r#"{"server":{"port":22}}"#, "server.port", "server.id, server.auth"),
        (&DISASSOCIATE, r#"{"server":{"auth":{"pin":1}}}"#, "server.auth.pin", "server.auth.type, server.auth.key"),
    ];
    for (call, arguments, field, known) in cases {
        let message = format!("{field}: unknown; expected one of {known}");
        assert_eq!(refusal(requested(call, arguments)), (field.to_owned(), message));
    }
}

#[test]
fn a_fixed_value_has_no_name_to_give_it_by() {
    for own in [r#","":"slow""#, r#","mode":"slow""#, r#","":{"x":1}"#, r#","methods":["roller"]"#] {
        assert!(paint(own).is_err(), "{own}");
    }
    assert!(requested(&TOKEN, r#"{"projectId":"p","user":"u","password":"w","domain":"d","":"x"}"#).is_err());
}

#[test]
fn a_value_where_an_object_is_expected_is_told_and_the_other_way_round() {
    for (own, field, expected) in [
        (r#","layer":"top""#, "layer", "expected an object"),
        (r#","layer":5"#, "layer", "expected an object"),
        (r#","layer":true"#, "layer", "expected an object"),
        (r#","layer":["top"]"#, "layer", "expected an object"),
        (r#","layer":{"name":{"first":"top"}}"#, "layer.name", "expected a non-empty string"),
        (r#","layer":{"name":{}}"#, "layer.name", "expected a non-empty string"),
        (r#","size":{"width":{"cm":1}}"#, "size", "expected an integer from -5 to 5"),
        (r#","colour":{"name":"red"}"#, "colour", "expected one of red, green"),
        (r#","tags":{"0":"a"}"#, "tags", "expected an array of non-empty strings"),
        (r#","dry":{"yes":true}"#, "dry", "expected true or false"),
    ] {
        assert_eq!(refusal(paint(own)), (field.to_owned(), format!("{field}: {expected}")), "{own}");
    }
}

#[test]
fn an_object_where_an_id_is_expected_is_told_by_the_name_of_the_id() {
    for id in ["{}", r#"{"is":"w"}"#, "5", "true", r#"["w"]"#] {
        let refused = refusal(requested(&PAINT, &format!(r#"{{"wallId":{id}}}"#)));
        assert_eq!(refused, ("wallId".into(), "wallId: expected a non-empty string".into()), "{id}");
    }
}

#[test]
fn a_value_of_another_kind_or_out_of_range_is_told() {
    for (own, field) in [
        (r#","colour":"blue""#, "colour"),
        (r#","colour":"RED""#, "colour"),
        (r#","colour":1"#, "colour"),
        (r#","tags":"a""#, "tags"),
        (r#","tags":["a",""]"#, "tags"),
        (r#","tags":["a",1]"#, "tags"),
        (r#","tags":["a",null]"#, "tags"),
        (r#","wet":"true""#, "wet"),
        (r#","wet":1"#, "wet"),
        (r#","size":-6"#, "size"),
        (r#","size":6"#, "size"),
        (r#","size":1.5"#, "size"),
        (r#","size":1e0"#, "size"),
        (r#","size":"1""#, "size"),
        (r#","size":99999999999999999999"#, "size"),
        (r#","layer":{"name":""}"#, "layer.name"),
        (r#","layer":{"name":5}"#, "layer.name"),
        (r#","layer":{"name":"n","key":["s3cret"]}"#, "layer.key"),
    ] {
        assert_eq!(refusal(paint(own)).0, field, "{own}");
    }
}

#[test]
fn a_refusal_never_repeats_the_value() {
    for own in [
        r#","colour":"s3cret""#,
        r#","wet":"s3cret""#,
        r#","layer":"s3cret""#,
        r#","layer":{"name":"n","key":{"s3cret":"s3cret"}}"#,
        r#","other":"s3cret""#,
    ] {
        assert!(!format!("{:?}", paint(own).unwrap_err()).contains("s3cret"), "{own}");
    }
}

#[test]
fn what_an_optional_object_needs_is_needed_only_with_it() {
    assert!(paint("").is_ok());
    assert!(paint(r#","layer":null"#).is_ok());
    for own in [r#","layer":{}"#, r#","layer":{"key":"k"}"#, r#","layer":{"name":null}"#] {
        let expected = ("layer.name".to_owned(), "layer.name: expected a non-empty string".to_owned());
        assert_eq!(refusal(paint(own)), expected, "{own}");
    }
    let server = |own: &str| requested(&DISASSOCIATE, &format!(r#"{{"projectId":"p","server":{{"id":"s"{own}}}}}"#));
    assert!(server("").is_ok());
    assert_eq!(refusal(server(r#","auth":{}"#)).0, "server.auth.type");
    assert_eq!(refusal(server(r#","auth":{"type":"password"}"#)).0, "server.auth.key");
}

#[test]
fn a_default_is_sent_when_nothing_is_given() {
    for own in ["", r#","colour":null"#] {
        assert_eq!(paint(own).unwrap().url, "https://h/v1/walls/w/paint?mode=fast&the_colour=red");
    }
    assert_eq!(paint(r#","colour":"green""#).unwrap().url, "https://h/v1/walls/w/paint?mode=fast&the_colour=green");
    let form = |own: &str| {
        let request = requested(&FORM, &format!(r#"{{"wallId":"w","fileName":"a.png"{own}}}"#)).unwrap();
        request.form.unwrap().into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    assert_eq!(form(""), ["dry=true"]);
    assert_eq!(form(r#","dry":false,"size":-3"#), ["dry=false", "size=-3"]);
}

#[test]
fn a_query_is_percent_encoded_whatever_it_holds() {
    let tags = |tags: &str| {
        let arguments = serde_json::json!({"applicationId": tags}).to_string();
        requested(&RENDER_TASKS, &arguments).unwrap().url.replace("https://h/v2/cvr/render-tasks?application_id=", "")
    };
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
        assert_eq!(tags(text), encoded, "{text}");
        assert_eq!(percent_encode(text), encoded, "{text}");
    }
    assert_eq!(paint(r#","wet":true"#).unwrap().url, "https://h/v1/walls/w/paint?mode=fast&the_colour=red&wet=true");
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
    ] {
        let url = requested(&PAINT, &serde_json::json!({"wallId": id}).to_string()).unwrap().url;
        assert_eq!(url, format!("https://h/v1/walls/{segment}/paint?mode=fast&the_colour=red"));
    }
    for step in [".", ".."] {
        for name in ["projectId", "instanceId", "taskId"] {
            let mut arguments = serde_json::json!({"projectId": "p", "instanceId": "i", "taskId": "t"});
            arguments[name] = step.into();
            let message = format!("{name}: expected an id, found a step in a path");
            assert_eq!(refusal(requested(&ASYNC_TASK, &arguments.to_string())), (name.to_owned(), message));
        }
    }
    for nothing in ["{}", r#"{"wallId":""}"#, r#"{"wallId":null}"#] {
        assert_eq!(refusal(requested(&PAINT, nothing)).0, "wallId");
    }
}

#[test]
fn an_address_may_end_in_a_slash_and_have_a_path() {
    for (address, url) in [
        ("https://h", "https://h/v2/cvr/render-tasks"),
        ("https://h/", "https://h/v2/cvr/render-tasks"),
        ("https://h/a/b//", "https://h/a/b/v2/cvr/render-tasks"),
        ("/", "/v2/cvr/render-tasks"),
    ] {
        assert_eq!(RENDER_TASKS.request(Arguments::default(), address).unwrap().url, url);
    }
}

#[test]
fn a_body_nests_as_its_names_say_in_the_order_of_the_table() {
    let own = r#","dry":false,"layer":{"coats":["a","b"],"key":"k\"ey","name":"top"},"size":-5"#;
    let expected = r#"{"spec":{"methods":["brush"],"size":-5,"layer":{"layer_name":"top","key":"k\"ey","coats":["a","b"]}},"dry":false}"#;
    let request = paint(own).unwrap();
    assert_eq!(request.body.as_deref(), Some(expected));
    assert_eq!(request.secrets, ["k\"ey"]);
    assert_eq!(request.headers, [("Accept", "application/json"), ("Content-Type", "application/json")]);
    assert_eq!(paint("").unwrap().body.as_deref(), Some(r#"{"spec":{"methods":["brush"]}}"#));
    assert_eq!(paint(r#","layer":{"name":"n","coats":[]}"#).unwrap().body.as_deref().unwrap().matches("[]").count(), 1);
}

#[test]
fn what_is_fixed_is_sent_whatever_is_given() {
    let token = r#"{"projectId":"p","user":"u","password":"pass","domain":"d"}"#;
    let request = requested(&TOKEN, token).unwrap();
    assert!(request.url.ends_with("/v3/auth/tokens?nocatalog=true"), "{}", request.url);
    let identity =
        r#"{"methods":["password"],"password":{"user":{"name":"u","password":"pass","domain":{"name":"d"}}}}"#;
    let expected = format!(r#"{{"auth":{{"identity":{identity},"scope":{{"project":{{"id":"p"}}}}}}}}"#);
    assert_eq!(request.body, Some(expected));
}

#[test]
fn a_form_has_its_fields_as_text_and_its_file_by_name() {
    let request = requested(&FORM, r#"{"fileName":"../wall.png","size":5,"wallId":"w","dry":false}"#).unwrap();
    assert_eq!(request.form.unwrap(), [("dry", "false".to_owned()), ("size", "5".to_owned())]);
    assert_eq!((request.file, request.body), (Some(("picture", "../wall.png".into())), None));
    assert_eq!(refusal(requested(&FORM, r#"{"wallId":"w"}"#)).0, "fileName");
}

#[test]
fn nothing_is_printed_that_may_be_a_secret() {
    let arguments = r#"{"projectId":"p","server":{"id":"s3cret-id","auth":{"type":"password","key":"s3cret-key"}}}"#;
    let request = requested(&DISASSOCIATE, arguments).unwrap();
    assert!(request.body.as_deref().unwrap().contains("s3cret-key"));
    let printed = format!("{request:?} {request:#?}");
    assert!(printed.contains("POST") && printed.contains("https://h/v3/p/keypairs/disassociate"), "{printed}");
    assert!(!printed.contains("s3cret"), "{printed}");

    let printed = format!("{:?}", Arguments::from_json(arguments).unwrap());
    assert!(printed.contains("server.auth.key") && !printed.contains("s3cret"), "{printed}");
}
