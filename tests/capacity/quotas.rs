//! The quotas to raise before users come, for three sizes.

use super::{
    APP, EMAIL, counted, limits,
    load::{DAY_MINUTES, Load, MINUTE},
    page::{hold, paragraph, table, thousands},
    sign_ins::Taken,
    template::Template,
};

const PAGE: &str = "operate/quotas.md";
const DOCS: &str = "https://docs.aws.amazon.com";
const WARM: &str =
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html";
const SIZES: [f64; 3] = [100.0, 1_000.0, 10_000.0];

/// A quota: its name and code, its default, the date of the copy of AWS's page that has it, what a
/// size needs of it, and AWS's page.
struct Quota {
    name: &'static str,
    code: &'static str,
    default: f64,
    seen: &'static str,
    needs: [f64; 3],
    source: Source,
}

/// A page of AWS by its title and path, or the page of the quota before.
enum Source {
    Page(&'static str, &'static str),
    Same,
}

impl Source {
    fn cell(&self) -> String {
        match self {
            Self::Page(title, path) => format!("[{title}]({DOCS}{path})"),
            Self::Same => "the same page".to_owned(),
        }
    }
}

// A peak is so many times what is usual, and a quota is asked for with room to it.
const PEAK: f64 = 2.0;

fn needs<'a>(of: &'a Taken, needed: impl Fn(Load<'a>) -> f64) -> [f64; 3] {
    SIZES.map(|a_minute| (PEAK * needed(Load { of, a_minute })).ceil())
}

fn all(email: &Taken, text: &Taken, app: &Taken, template: &Template) -> Vec<Quota> {
    let total = email.total();
    vec![
        Quota {
            name: "Lambda: concurrent executions",
            code: "`lambda` L-B99A9384",
            default: limits::CONCURRENCY,
            seen: "2026-10-01",
            needs: needs(email, |load| {
                load.functions_at_once(template)
                    + load.sending_at_once(limits::SLOW_PROVIDER_SECONDS)
            }),
            source: Source::Page("Lambda quotas", "/lambda/latest/dg/gettingstarted-limits.html"),
        },
        Quota {
            name: "API Gateway: requests a second of the account",
            code: "`apigateway` L-8A5B8E43",
            default: limits::API_CALLS,
            seen: "2026-10-04",
            needs: needs(email, Load::calls_a_second),
            source: Source::Page(
                "Quotas for HTTP APIs",
                "/apigateway/latest/developerguide/http-api-quotas.html",
            ),
        },
        Quota {
            name: "DynamoDB: read units a second of a table",
            code: "`dynamodb` L-CF0CBE56",
            default: limits::TABLE_UNITS,
            seen: "undated",
            needs: needs(email, |load| load.a_second(total.read)),
            source: Source::Page(
                "Quotas in DynamoDB",
                "/amazondynamodb/latest/developerguide/ServiceQuotas.html",
            ),
        },
        Quota {
            name: "DynamoDB: write units a second of a table",
            code: "`dynamodb` L-AB614373",
            default: limits::TABLE_UNITS,
            seen: "undated",
            needs: needs(email, |load| load.a_second(total.write)),
            source: Source::Same,
        },
        Quota {
            name: "SES: emails a second",
            code: "`ses` L-CDEF9B6B",
            default: limits::EMAILS,
            seen: "**not confirmed**",
            needs: needs(email, Load::messages_a_second),
            source: Source::Page("Quotas in SES", "/ses/latest/dg/quotas.html"),
        },
        Quota {
            name: "SES: emails in 24 hours",
            code: "`ses` L-804C8AE8",
            default: limits::EMAILS_PER_DAY,
            seen: "**not confirmed**",
            needs: SIZES.map(|a_minute| a_minute * DAY_MINUTES),
            source: Source::Same,
        },
        Quota {
            name: "SNS: text messages a second",
            code: "a case to AWS Support",
            default: limits::TEXTS,
            seen: "undated",
            needs: needs(text, Load::messages_a_second),
            source: Source::Page("SNS quotas", "/general/latest/gr/sns.html"),
        },
        Quota {
            name: "KMS: requests with symmetric keys a second",
            code: "`kms` L-6E3AF000",
            default: limits::KMS_REQUESTS,
            seen: "undated",
            needs: needs(app, |load| load.functions_at_once(template) * limits::KEYS_PER_PROCESS),
            source: Source::Page(
                "Request quotas",
                "/kms/latest/developerguide/requests-per-second.html",
            ),
        },
        Quota {
            name: "EventBridge: `PutEvents` a second, with a bus of your own",
            code: "`events` L-9B653E91",
            default: limits::PUT_EVENTS,
            seen: "undated",
            needs: needs(email, Load::lines_a_second),
            source: Source::Page(
                "EventBridge quotas",
                "/eventbridge/latest/userguide/eb-quota.html",
            ),
        },
        Quota {
            name: "CloudWatch Logs: `PutLogEvents` a second",
            code: "`logs` L-7E1FAE88",
            default: limits::PUT_LOG_EVENTS,
            seen: "undated",
            needs: needs(email, Load::calls_a_second),
            source: Source::Page(
                "CloudWatch Logs quotas",
                "/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
            ),
        },
        Quota {
            name: "SQS: notices of the queue in flight, if a provider is slow",
            code: "a case to AWS Support",
            default: limits::IN_FLIGHT,
            seen: "undated",
            // Every user is told of something once in a hundred sign-ins.
            needs: needs(email, |load| {
                load.a_minute / MINUTE / 100.0 * limits::SLOW_PROVIDER_SECONDS
            }),
            source: Source::Page(
                "SQS message quotas",
                "/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
            ),
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_which_quotas_to_raise_for_three_sizes() {
    let (counted, template) = (counted().await, Template::read());
    let of = |name| counted.of(name);
    let quotas = all(of(EMAIL), of("text message, hosted prompt"), of(APP), &template);
    let cell = |need: f64, default: f64| {
        let text = thousands(need);
        if need > default { format!("**{text}**") } else { text }
    };
    let row = |quota: &Quota| {
        let [small, middle, large] = quota.needs.map(|need| cell(need, quota.default));
        let default = thousands(quota.default);
        [
            quota.name.to_owned(),
            quota.code.to_owned(),
            default,
            small,
            middle,
            large,
            quota.source.cell(),
            quota.seen.to_owned(),
        ]
    };
    let rows: Vec<_> = quotas.iter().map(row).collect();
    let head = [
        "quota",
        "code",
        "default",
        "100 a minute",
        "1,000 a minute",
        "10,000 a minute",
        "AWS's page",
        "copy of",
    ];
    let raised =
        |size: usize| quotas.iter().filter(|quota| quota.needs[size] > quota.default).count();
    assert!(raised(0) < raised(2), "a larger size has more to raise");
    let words = paragraph(&format!(
        "For so many sign-ins a minute, at twice that at a peak, and with a provider that takes \
         {:.0} seconds. What is above the default is bold: ask for it. Emails are counted for \
         users who all sign in with a code by email on the hosted prompt, texts for users who all \
         sign in by text message. Each default was compared with a copy of AWS's page, of the date \
         in the last column. AWS's page on SES has a figure for the sandbox alone (1 a second, 200 \
         in 24 hours): what is in the table is what accounts are often given, so look at your own.",
        limits::SLOW_PROVIDER_SECONDS,
    ));
    let regions = paragraph(&format!(
        "Defaults differ by Region. Of KMS and EventBridge the lowest are in the table: KMS takes \
         {}, and 20,000 in Ohio, Frankfurt, London, Singapore, Sydney and Tokyo, 100,000 in North \
         Virginia, Oregon and Ireland; `PutEvents` {} to 10,000. API Gateway takes {}, but {} in \
         Cape Town, Milan, Spain, Zurich, Tel Aviv, UAE, Hyderabad, Jakarta, Melbourne, Malaysia, \
         Thailand, Calgary and Mexico, and half as many at once.",
        thousands(limits::KMS_REQUESTS),
        thousands(limits::PUT_EVENTS),
        thousands(limits::API_CALLS),
        thousands(limits::API_CALLS_IN_SMALL_REGIONS),
    ));
    let text = format!("{words}\n{}\n{regions}", table(head, &rows));
    hold(PAGE, "How much to ask for", &text);
    let total = of(EMAIL).total();
    let [.., reads] = needs(of(EMAIL), |load| load.a_second(total.read));
    let [.., writes] = needs(of(EMAIL), |load| load.a_second(total.write));
    let text = paragraph(&format!(
        "An on-demand table that is new answers {} read units and {} write units a second at \
         once, and later twice its highest load so far; a load that more than doubles within half \
         an hour may be throttled. 10,000 sign-ins a minute \
         need {} and {} at their peak. Before such a day, set the table's warm throughput to that \
         (`aws dynamodb update-table --table-name TABLE --warm-throughput \
         ReadUnitsPerSecond=N,WriteUnitsPerSecond=N`, [warm throughput]({WARM})). Lambda adds {} \
         processes of a function in ten seconds. Text messages of SNS may cost {:.0} dollar a \
         month at first: ask AWS Support for a higher spending limit.",
        thousands(limits::NEW_TABLE_READS),
        thousands(limits::NEW_TABLE_WRITES),
        thousands(reads),
        thousands(writes),
        thousands(limits::CONCURRENCY_IN_TEN_SECONDS),
        limits::TEXT_DOLLARS,
    ));
    hold(PAGE, "What no quota says", &text);
}
