//! SFS Turbo: the example bodies of the documents, and what else a body may hold.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind, Failure};
use huaweicloud_tasks::http::{Body, Method, Request, Response, Site};
use huaweicloud_tasks::service::sfs_turbo::{Job, JobState, SubJob, read_job};

const SUCCESS: &str = include_str!("fixtures/sfs-turbo-job/200-success.json");

fn request(project_id: &str, job_id: &str) -> Result<Request, Error> {
    let region = Some("cn-north-4".into());
    Job::request(&Site { project_id: project_id.into(), region, ..Site::default() }, job_id)
}

fn read(body: &str) -> Job {
    read_job(body, None).unwrap()
}

#[test]
fn a_job_that_ended() {
    let response =
        Response { status: 200, request_id: Some("request-1".into()), body: SUCCESS.into(), ..Response::default() };
    let expected = Job {
        id: "26f6b565-xxxx-XXXX-xxxx-03f0bd975433".into(),
        job_type: Some("bind_ldap".into()),
        state: JobState::Success,
        error: None,
        started_at: Some(1_690_364_038_000),
        ended_at: Some(1_690_364_038_000),
        sub_jobs: vec![],
        request_id: Some("request-1".into()),
    };
    assert_eq!(response.read::<Job>(&request("p", "j").unwrap()).unwrap(), expected);
}

#[test]
fn a_time_without_zone_is_utc() {
    let start = |time: &str| read(&format!(r#"{{"job_id":"j","status":"running","begin_time":{time}}}"#)).started_at;
    assert_eq!(start("\"2016-01-02 15:04:05\""), Some(1_451_747_045_000));
    assert_eq!(start("\"2024-02-29 23:59:59\""), Some(1_709_251_199_000));
    assert_eq!(start("\"1970-01-01 00:00:00\""), Some(0));
    assert_eq!(start("\"\""), None);
    assert_eq!(start("null"), None);
}

#[test]
fn a_time_that_is_none_is_told() {
    for wrong in ["\"2023-13-01 00:00:00\"", "\"2023-02-29 00:00:00\"", "\"soon\"", "1690364038000", "true", "{}"] {
        for field in ["begin_time", "end_time"] {
            let body = format!(r#"{{"job_id":"j","status":"running","{field}":{wrong}}}"#);
            let mismatch = read_job(&body, None).unwrap_err();
            assert_eq!((&*mismatch.path, mismatch.expected), (field, "a time such as 2016-01-02 15:04:05"), "{body}");
        }
    }
}

#[test]
fn an_end_counts_only_in_a_final_state() {
    for (status, ended_at) in [
        ("waiting", None),
        ("running", None),
        ("paused", None),
        ("success", Some(86_400_000)),
        ("failed", Some(86_400_000)),
    ] {
        let body = format!(r#"{{"job_id":"j","status":"{status}","end_time":"1970-01-02 00:00:00"}}"#);
        assert_eq!(read(&body).ended_at, ended_at, "{status}");
    }
}

#[test]
fn a_job_that_failed_is_an_answer_that_says_why() {
    let body = r#"{"job_id":"j","status":"failed","error_code":"SFS.TURBO.0100","fail_reason":"no route",
        "sub_jobs":[{"job_id":"s","job_type":"mount","status":"failed"},{"status":"waiting","job_id":""}]}"#;
    let job = read(body);
    let why = Failure { code: Some("SFS.TURBO.0100".into()), message: Some("no route".into()), request_id: None };
    assert_eq!((job.state, job.error), (JobState::Failed, Some(why)));
    let sub_job = |id: Option<&str>, job_type: Option<&str>, state, error| SubJob {
        id: id.map(str::to_owned),
        job_type: job_type.map(str::to_owned),
        state,
        error,
        started_at: None,
        ended_at: None,
    };
    let failed = sub_job(Some("s"), Some("mount"), JobState::Failed, Some(Failure::default()));
    assert_eq!(job.sub_jobs, [failed, sub_job(None, None, JobState::Waiting, None)]);
}

#[test]
fn words_match_without_case_and_unknown_ones_are_kept() {
    for (word, state) in [
        ("WAITING", JobState::Waiting),
        ("Running", JobState::Running),
        ("SUCCESS", JobState::Success),
        ("failed", JobState::Failed),
        ("succeed", JobState::Unknown("succeed".into())),
    ] {
        assert_eq!(read(&format!(r#"{{"job_id":"j","status":"{word}"}}"#)).state, state);
    }
}

#[test]
fn sub_jobs_do_not_nest_further() {
    let body = r#"{"job_id":"j","status":"running","sub_jobs":[{"status":"running","sub_jobs":[{"status":5}]}]}"#;
    assert_eq!(read(body).sub_jobs.len(), 1);
    let view = serde_json::to_value(read(body)).unwrap();
    assert_eq!(
        view["subJobs"][0],
        serde_json::json!({
            "id": null, "type": null, "state": "running", "error": null, "startedAt": null, "endedAt": null,
        })
    );
    assert!(view.get("requestId").is_some());
}

#[test]
fn a_wrong_type_is_told_by_place() {
    for field in ["job_id", "job_type", "status", "error_code", "fail_reason", "begin_time", "end_time"] {
        let body = format!(r#"{{"job_id":"j","status":"running","{field}":{{}}}}"#);
        assert_eq!(read_job(&body, None).unwrap_err().path, field);
        let body = format!(r#"{{"job_id":"j","status":"running","sub_jobs":[{{"status":"running","{field}":[]}}]}}"#);
        assert_eq!(read_job(&body, None).unwrap_err().path, format!("sub_jobs[0].{field}"));
    }
    for (body, path) in [
        (r#"{"status":"running"}"#, "job_id"),
        (r#"{"job_id":"j"}"#, "status"),
        (r#"{"job_id":"j","status":"running","sub_jobs":{}}"#, "sub_jobs"),
        (r#"{"job_id":"j","status":"running","sub_jobs":[5]}"#, "sub_jobs[0]"),
        (r#"{"job_id":"j","status":"running","sub_jobs":[{}]}"#, "sub_jobs[0].status"),
    ] {
        assert_eq!(read_job(body, None).unwrap_err().path, path, "{body}");
    }
}

#[test]
fn a_body_cut_anywhere_is_told() {
    for cut in 0..SUCCESS.trim_end().len() {
        assert!(read_job(&SUCCESS[..cut], None).is_err(), "{}", &SUCCESS[..cut]);
    }
}

#[test]
fn the_request_has_a_content_type_though_it_has_no_body() {
    let asked = request("p", "a b").unwrap();
    assert_eq!((asked.name, asked.method, &asked.body), ("ShowJobDetail", Method::Get, &Body::Nothing));
    assert_eq!(asked.content_type, Some("application/json"));
    assert_eq!(asked.url, "https://sfs-turbo.cn-north-4.myhuaweicloud.com/v1/p/sfs-turbo/jobs/a%20b");
    for (project_id, job_id, field) in [("", "j", "projectId"), ("p", "", "jobId")] {
        assert_eq!(request(project_id, job_id).unwrap_err().field.as_deref(), Some(field));
    }
}

#[test]
fn every_documented_error_has_its_kind_code_and_message() {
    for (status, body, kind, code, message) in [
        (400, include_str!("fixtures/sfs-turbo-job/400.json"), ErrorKind::Api, "SFS.TURBO.0001", "parameter error"),
        (
            404,
            include_str!("fixtures/sfs-turbo-job/404.json"),
            ErrorKind::NotFound,
            "SFS.TURBO.0001",
            "parameter error",
        ),
        (
            500,
            include_str!("fixtures/sfs-turbo-job/500.json"),
            ErrorKind::Server,
            "SFS.TURBO.0005",
            "Internal server error",
        ),
    ] {
        let response = Response { status, body: body.into(), ..Response::default() };
        let error = response.read::<Job>(&request("p", "j").unwrap()).unwrap_err();
        assert_eq!((error.kind, error.code.as_deref()), (kind, Some(code)));
        assert_eq!(error.message, format!("ShowJobDetail answered {status} {code}: {message}"));
    }
}
