"""The fault that each alarm is for: what CloudWatch gets in each period, the last period last.

A period names AWS's metrics with their values, and what happens in our own log: a test of mod.rs stands for its lines in
lines.json, after `|` for those that hold a word, each written so many times. `access` is the API's own answer with this
status, `event` the call of CloudTrail of this name, `minutes` the minutes in which the schedule ran.
"""

GUESSED = "whoever_uses_or_guesses_the_set_up_secret_is_seen"
BULK = "a_bulk_reset_that_begins_is_seen"
PASSWORDS = "wrong_passwords_of_admins_are_seen_in_the_api_and_the_console"
CODES = "wrong_and_right_codes_are_told_apart_by_either_mode"
KMS = "kms_that_does_not_answer_is_seen"
KEYRING = "a_keyring_that_is_not_read_again_is_seen"
ROOT = "a_root_key_that_does_not_open_is_seen"
NEWER = "an_item_that_a_newer_release_wrote_is_seen"
COUNTED = "codes_that_are_sent_typed_or_held_back_are_counted"
PROVIDER = "messages_that_a_provider_does_not_take_are_counted_by_its_reason"
TWICE = "a_notice_that_may_be_sent_twice_is_counted"
RECORD = "a_record_that_fails_is_seen"
SHARE = "a_portal_over_its_share_is_seen"

FUNCTIONS = ["ChallengeDispatch", "Enrolment", "Verify", "Reset", "PolicyAdmin", "Activity", "Notices"]
# A request that ends badly now and then, wrong codes among right ones, a notice that waits: a day like any other.
GOOD_PERIOD = {
    "AWS/ApiGateway Count": 2_000, "AWS/ApiGateway 4xx": 90, "AWS/ApiGateway 5xx": 2, "access 429": 1, "AWS/Lambda Errors": 1,
    "AWS/Lambda Throttles": 0, "AWS/Lambda Duration": 5_500, "AWS/Lambda ConcurrentExecutions": 120, "AWS/Lambda IteratorAge": 900,
    "AWS/Lambda OnFailureDestinationDeliveredEventCount": 0, "AWS/Lambda DroppedEventCount": 0, "AWS/DynamoDB ReadThrottleEvents": 1,
    "AWS/DynamoDB WriteThrottleEvents": 1, "AWS/DynamoDB UserErrors": 1, "AWS/SES Reputation.BounceRate": 0.004,
    "AWS/SES Reputation.ComplaintRate": 0.0002, "AWS/SQS ApproximateNumberOfMessagesVisible": 0, "AWS/SQS ApproximateAgeOfOldestMessage": 90, "AWS/SNS SMSMonthToDateSpentUSD": 12, "minutes": 5,
    f"{PASSWORDS}|session": 2, f"{CODES}|code_wrong": 10, f'{CODES}|"ok"': 40, f"{COUNTED}|CodesSent": 60,
    f'{COUNTED}|"SentCodesAccepted": 1': 50, f"{COUNTED}|SendsLimited": 2, f'{PROVIDER}|"SendsFailed": 1': 1, f"{PROVIDER}|tried again": 1,
    f"{KMS}|unavailable": 4, f"{TWICE}": 1, f"{RECORD}": 1, f"{SHARE}|over_share": 3,
}
QUIET = {}

FAULTS = {
    **{f"{name}Errors": [{"AWS/Lambda Errors": 5}] * 2 for name in FUNCTIONS},
    **{f"{name}Throttled": [{"AWS/Lambda Throttles": 5}, QUIET, {"AWS/Lambda Throttles": 5}] for name in FUNCTIONS},
    **{f"{name}NearTimeout": [{"AWS/Lambda Duration": 12_000}, QUIET, {"AWS/Lambda Duration": 15_000}, QUIET, {"AWS/Lambda Duration": 15_000}] for name in FUNCTIONS},
    "ApiServerErrors": [{"AWS/ApiGateway Count": 500, "AWS/ApiGateway 5xx": 5}] * 2,
    "ApiRefusals": [{"AWS/ApiGateway Count": 100, "AWS/ApiGateway 4xx": 40}] * 3,
    "ApiThrottled": [{"access 429": 50}],
    "ConcurrencyNearQuota": [{"AWS/Lambda ConcurrentExecutions": 800}] * 3 + [QUIET] * 2,
    "LogLate": [{"AWS/Lambda IteratorAge": 60_000}] * 5,
    "RecordsGivenUp": [{"AWS/Lambda OnFailureDestinationDeliveredEventCount": 1}],
    "RecordsLost": [{"AWS/Lambda DroppedEventCount": 1}],
    "TableReadsThrottled": [{"AWS/DynamoDB ReadThrottleEvents": 10}],
    "TableWritesThrottled": [{"AWS/DynamoDB WriteThrottleEvents": 10}],
    "IndexWritesThrottled": [{"AWS/DynamoDB WriteThrottleEvents": 10}],
    "TableUserErrors": [{"AWS/DynamoDB UserErrors": 10}],
    "KmsErrors": [{f"{KMS}|a dependency failed": 1}],
    "KeyringNotRead": [{KEYRING: 3}, {KEYRING: 3}],
    "RootKeyNotOpened": [{ROOT: 1}],
    "RootKeyEndangered": [{"event ScheduleKeyDeletion": 1}],
    "SendsFailed": [{f'{PROVIDER}|"SendsFailed": 1': 10}],
    "ProviderRefusesAccount": [{f"{PROVIDER}|not taken": 1}],
    # Fifty are sent, and nothing at all is typed.
    "SentCodesNotTyped": [{f"{COUNTED}|CodesSent": 50}],
    "SendsLimited": [{f"{COUNTED}|SendsLimited": 20}],
    "PortalOverShare": [{f"{SHARE}|used up": 1}, QUIET, QUIET, {f"{SHARE}|used up": 1}, QUIET],
    "EmailsBounce": [{"AWS/SES Reputation.BounceRate": 0.05}],
    "EmailsComplainedAbout": [{"AWS/SES Reputation.ComplaintRate": 0.001}],
    "TextsSpend": [{"AWS/SNS SMSMonthToDateSpentUSD": 50}],
    "SetUpUsed": [{f"{GUESSED}|201": 1}],
    "BulkResetBegun": [{BULK: 1}],
    "SetUpGuesses": [{f"{GUESSED}|refused": 3}],
    # Five by each way.
    "AdminPasswordsWrong": [{PASSWORDS: 5}],
    # Nothing is right.
    "CodesWrong": [{f"{CODES}|code_wrong": 15}] * 2,
    "NoticesNotSent": [{f"{PROVIDER}|tried again": 10}],
    "NoticesGivenUp": [{f"{PROVIDER}|NoticesGivenUp": 1}],
    "QueuedNoticesGivenUp": [{"AWS/SQS ApproximateNumberOfMessagesVisible": 1}],
    "ReportsGivenUp": [{"AWS/SQS ApproximateNumberOfMessagesVisible": 1}],
    "NoticesLate": [{"AWS/SQS ApproximateAgeOfOldestMessage": 600}] * 2,
    "SweepStopped": [QUIET] * 3,
    "NewerReleaseFound": [{f"{NEWER}|newer release": 1}],
}
# Those that say so if there is nothing at all.
FIRE_OF_NOTHING = {"SweepStopped"}
# Everything else that must fire one of them.
MORE_FAULTS = {
    "SentCodesNotTyped": [[{f"{COUNTED}|CodesSent": 100, f'{COUNTED}|"SentCodesAccepted": 1': 19}]],
    "CodesWrong": [[{f"{CODES}|code_wrong": 50, f'{CODES}|"ok"': 49}] * 2],
    "RootKeyEndangered": [[{"event DisableKey": 1}]],
    "AdminPasswordsWrong": [[{f"{PASSWORDS}|console": 10}], [{f"{PASSWORDS}|/v1/admin/session": 10}]],
    "ApiServerErrors": [[{"AWS/ApiGateway Count": 5, "AWS/ApiGateway 5xx": 5}] * 2],
    "SweepStopped": [[{"minutes": 0}] * 3],
}
# And what must not, though it is near.
NO_FAULTS = {
    "SentCodesNotTyped": [[{f"{COUNTED}|CodesSent": 49}], [{f"{COUNTED}|CodesSent": 100, f'{COUNTED}|"SentCodesAccepted": 1': 20}]],
    "ApiServerErrors": [[{"AWS/ApiGateway Count": 100, "AWS/ApiGateway 5xx": 4}] * 2, [QUIET, {"AWS/ApiGateway Count": 100, "AWS/ApiGateway 5xx": 50}]],
    "ApiThrottled": [[{"access 429 by a function": 500}]],
    "ProviderRefusesAccount": [[{f'{PROVIDER}|"error": "MessageRejected"': 500}]],
    # The page of one says to take the key back, that of the other to look at KMS.
    "KmsErrors": [[{ROOT: 500}]],
    "RootKeyEndangered": [[{"event ScheduleKeyDeletion of another key": 1}]],
    "SetUpUsed": [[{f"{GUESSED}|refused": 500}]],
    # One minute of five is a burst.
    "PortalOverShare": [[{f"{SHARE}|used up": 9}] + [QUIET] * 4, [{f"{SHARE}|over_share": 500}] * 5],
    # Forty of a hundred are wrong, which is many.
    "CodesWrong": [[{f"{CODES}|code_wrong": 20, f'{CODES}|"ok"': 30}] * 2],
    "SweepStopped": [[QUIET, QUIET, {"minutes": 1}]],
}

# Metrics that only the dashboard shows, with what makes them.
SHOWN = {"RecordsTriedAgain": RECORD, "NoticesRepeated": TWICE}
# The highest value of a period is what counts for these, and for all others their sum.
HIGHEST = {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible", "Duration", "IteratorAge", "ConcurrentExecutions", "Reputation.BounceRate", "Reputation.ComplaintRate", "SMSMonthToDateSpentUSD"}

# A call in CloudTrail as EventBridge gets it: "ScheduleKeyDeletion" in the KMS Developer Guide, "Logging AWS KMS API calls".
CALL = {
    "source": "aws.kms", "detail-type": "AWS API Call via CloudTrail",
    "detail": {
        "eventSource": "kms.amazonaws.com", "eventName": "ScheduleKeyDeletion", "eventType": "AwsApiCall",
        "requestParameters": {"pendingWindowInDays": 20, "keyId": "1234abcd-12ab-34cd-56ef-1234567890ab"},
    },
}
# The values of an API's answer of its own: "Customize HTTP API access logs" in the API Gateway Developer Guide; what is not
# known is a dash, as for a call that no integration answered.
ACCESS = {
    "requestId": "JKJaXmPLvHcESHA=", "routeKey": "ANY /v1/sign-ins", "integration.status": "-",
}
