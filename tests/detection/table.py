"""Which check finds which planted bug, and when it shows: those of the five reference servers, of those around them, of the presets'.

A row expects exactly its codes: a bug is found by its own check and by no other. Bugs whose promise no check holds yet expect
silence, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.lives.catalogue import LIVES
from tests.presets.catalogue import SHOWN

POLICIES = ("girard", "moonborn", "augno", "vellocity", "aragora")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One planted bug, or an honest server.

    Attributes:
        policy: The policy it breaks.
        bug: Its name; empty for the honest server.
        day: The day the server and the policy are read at, UTC, ISO.
        expected: Codes of the checks that must speak, sorted; all others must be silent.
        sequels: Codes of checks that may speak beside those: which of them do depends on who asks first.
        reason: Why no check speaks, where none does; why several do, where one bug breaks several promises.
        curated: Whether it is in the short run.
        instant: Which moment of a version's life the day is, for an honest server.
        form: Another honest way that the server goes; empty for its usual one.
        whole: Whether a brief run is too little to show it.
    """

    policy: str
    bug: str
    day: str
    expected: tuple[str, ...] = ()
    sequels: tuple[str, ...] = ()
    reason: str = ""
    curated: bool = False
    instant: str = ""
    form: str = ""
    whole: bool = False


_SHOWN: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "girard": (
        ("2026-11-20", "AV102", "documentation-calls-v1-live*"),
        ("2026-11-20", "AV103", "deprecated-two-weeks-late* notice-waiver-of-nothing"),
        ("2026-11-20", "AV103", "nothing-to-count-notice-from"),
        ("2027-01-15", "AV104", "default-is-gone"),
        ("2026-01-17", "AV105", "v2-ships-after-v1-is-deprecated*"),
        ("2026-11-20", "AV106", "sample-is-a-day"),
        ("2026-11-20", "AV103", "second-time-of-notice-is-short"),
        ("2026-11-20", "AV111", "sdk-outlives-v1*"),
        ("2026-11-20", "AV113", "sunset-a-month-behind-its-tie deprecated-a-day-before-its-tie"),
        ("2026-11-20", "AV201", "unversioned-served-as-v1* unversioned-answers-400 not-found-code-renamed"),
        ("2026-11-20", "AV203", "unknown-version-served-by-newest* unknown-version-answers-400* unknown-version-code"),
        ("2026-11-20", "AV204", "leading-zero-version-served upper-case-version-served minor-version-served"),
        ("2026-11-20", "AV204", "unicode-digit-version-served* malformed-version-crashes"),
        ("2026-11-20", "AV204", "beta-in-the-path-served inherited-member-crashes"),
        ("2026-11-20", "AV208", "v3-already-answers*"),
        ("2026-11-20", "AV208", "v1-and-a-digit-served* v17-served"),
        ("2026-11-20", "AV208", "planned-v3-reads-the-query planned-v3-takes-its-own-body planned-v3-has-its-audit"),
        ("2026-11-20", "AV703", "remaining-grows"),
        ("2026-11-20", "AV301", "progress-is-text* updated-at-missing create-answers-200 location-missing"),
        ("2026-11-20", "AV301", "run-list-is-text v1-run-shown-as-v2"),
        ("2026-11-20", "AV302", "name-limit-tightened* page-limit-tightened description-now-required put-became-patch"),
        ("2026-11-20", "AV222", "list-is-newest-first"),
        ("2026-11-20", "AV301", "a-member-that-no-contract-names"),
        ("2026-11-20", "AV302", "bearer-instead-of-key"),
        ("2026-11-20", "AV303", "owner-vanished*"),
        ("2026-11-20", "AV304", "contract-edited*"),
        ("2026-11-20", "AV305", "openapi-json-needs-key openapi-json-stale*"),
        ("2026-11-20", "AV312", "location-of-a-run-leaves-v1"),
        ("2026-11-20", "AV301", "charset-of-another location-names-the-upstream*"),
        ("2026-11-20", "AV501 AV701", "headers-on-successes-only"),
        ("2026-11-20", "AV316", "runs-need-no-key* any-key-opens-runs* key-may-go-on* empty-key-opens*"),
        ("2026-11-20", "AV318 AV320", "v2-workflow-read-from-stale-cache*"),
        ("2026-11-20", "AV319", "deleted-workflow-still-read*"),
        ("2026-11-20", "AV320", "v2-shows-another-owner-of-v1-workflows*"),
        ("2026-11-20", "AV401", "unknown-route-is-text wrong-method-is-html* unauthorized-without-hint"),
        ("2026-11-20", "AV401", "validation-details-null"),
        ("2026-11-20", "AV402", "crash-page-on-broken-body*"),
        ("2026-11-20", "AV311", "v1-takes-v2-body"),
        ("2026-11-20", "AV403", "not-found-code-of-v1-differs*"),
        ("2026-11-20", "AV404", "validation-answers-400* wrong-method-answers-400"),
        ("2026-11-20", "AV406", "errors-say-success"),
        ("2026-11-20", "AV501", "deprecated-header-missing-on-errors* deprecated-header-missing-on-run-read"),
        ("2026-11-20", "AV501", "sunset-header-missing deprecated-header-missing-on-head"),
        ("2026-01-16", "AV501", "deprecated-header-week-late"),
        ("2026-11-20", "AV502", "deprecated-header-on-v2*"),
        ("2026-11-20", "AV503", "deprecated-header-capital sunset-header-http-date sunset-header-no-z*"),
        ("2026-11-20", "AV503", "notice-names-v1 notice-names-dead-path"),
        ("2026-11-20", "AV504", "sunset-header-other-day*"),
        ("2026-12-20", "AV507", "final-warning-a-week-before* final-warning-missing-on-runs"),
        ("2026-11-20", "AV507", "final-warning-months-early"),
        ("2026-11-20", "AV700", "answer-cut-short* answer-too-large"),
        ("2026-11-20", "AV700", "workflows-answered-twice* head-has-a-body deleted-with-a-body"),
        ("2026-11-20", "AV700", "length-beside-chunked nul-in-a-header"),
        ("2026-11-20", "AV701", "allow-missing rate-limit-missing-on-errors* rate-limit-reset-in-seconds-left*"),
        ("2027-01-15", "AV401", "sunset-envelope-flat"),
        ("2027-01-15", "AV601", "sunset-answers-404 sunset-redirects* sunset-only-stops-get* sunset-day-late"),
        ("2027-01-15", "AV601", "sunset-run-read-still-served"),
        ("2027-01-15", "AV602", "sunset-code*"),
        ("2027-01-15", "AV602", "v1-ends-with-the-code-of-all v1-ends-without-its-second-pointer"),
        ("2027-01-15", "AV608", "v1-ends-with-a-dead-second-pointer v1-ends-with-a-pointer-to-v9"),
        ("2026-11-20", "AV701", "powered-by-on-404 cache-status-on-post-only"),
        ("2027-01-15", "AV701", "moved-to-missing-after-the-end"),
        ("2027-01-15", "AV501", "stage-missing-after-the-end"),
        ("2027-09-01", "AV506", "stage-stays-old-after-the-end"),
        ("2027-01-15", "AV601", "options-outlives-v1"),
        ("2027-01-15", "AV603", "sunset-has-side-effect*"),
        ("2027-01-15", "AV603", "gone-put-still-writes gone-post-shows-on-the-last-page"),
        ("2027-01-15", "AV607", "sunset-asks-for-key-first* sunset-reads-the-body-first sunset-unknown-path-is-404"),
        ("2027-01-14", "AV604", "sunset-day-early*"),
        ("2026-01-20", "AV604", "sunset-when-v2-ships"),
        ("2026-11-20", "AV604", "a-list-of-v2-is-over"),
        ("2028-01-10", "AV502", "patch-announces-the-end-of-put"),
        ("2028-01-10", "AV501", "put-is-silent-on-its-404"),
        ("2028-01-10", "AV501", "runs-are-silent-on-their-404"),
        ("2028-01-10", "AV315", "contract-silent-about-the-runs"),
        ("2028-10-01", "AV601", "runs-gone-for-get-only"),
        ("2028-01-10", "AV504", "put-names-another-end"),
        ("2028-10-01", "AV601", "put-ends-a-day-late"),
        ("2028-09-30", "AV604", "put-ends-a-day-early"),
        ("2028-10-01", "AV603", "put-has-side-effect-after-its-end"),
        ("2028-01-10", "AV302", "patch-is-not-there"),
    ),
    "moonborn": (
        ("2026-11-20", "AV101", "v2-released-before-v1*"),
        ("2026-11-20", "AV103", "v2-released-a-month-late"),
        ("2026-11-20", "AV105", "v2-is-a-preview"),
        ("2026-11-20", "AV106", "old-form-not-owned-up-to"),
        ("2026-11-20", "AV109", "code-has-no-place*"),
        ("2026-11-20", "AV111", "sdk-pinned-to-another-minor"),
        ("2026-11-20", "AV112", "day-of-the-sunset-not-said*"),
        ("2026-11-20", "AV201", "unversioned-served-as-v2 unversioned-answers-400"),
        ("2026-11-20", "AV203", "unknown-version-served-by-newest unknown-version-answers-406 unknown-version-code"),
        ("2026-11-20", "AV203", "unknown-version-unauthorized-first*"),
        ("2026-11-20", "AV204", "minor-version-served* leading-zero-version-served upper-case-version-served"),
        ("2026-11-20", "AV204", "release-in-the-path-served*"),
        ("2026-11-20", "AV204", "unicode-digit-version-served malformed-version-crashes*"),
        ("2026-11-20", "AV208", "v3-already-answers"),
        ("2026-11-20", "AV301", "importance-is-integer-again"),
        (
            "2026-11-20",
            "AV301",
            "warmth-is-text created-at-missing* unknown-archetype-shown*",
        ),
        ("2026-11-20", "AV301", "tagline-null-became-number create-answers-202 delete-answers-200*"),
        ("2026-11-20", "AV301", "memory-list-is-problem-json v1-persona-shown-as-v2 version-with-v"),
        ("2026-11-20", "AV301", "version-major-mismatch version-sha-missing version-deployed-local"),
        ("2026-11-20", "AV305", "openapi-json-stale openapi-json-lists-ghost*"),
        ("2026-11-20", "AV308", "docs-copy-ends-otherwise*"),
        ("2026-11-20", "AV302", "name-limit-tightened tagline-now-required* page-size-tightened version-needs-token"),
        ("2026-11-20", "AV303", "memory-count-vanished"),
        ("2026-11-20", "AV316", "memories-need-no-token any-token-is-taken token-is-compared-as-far-as-it-goes*"),
        ("2026-11-20", "AV317", "pro-field-leaks-to-free* pro-field-kept-from-pro"),
        ("2026-11-20", "AV318", "v2-memory-kept-to-ten-characters"),
        ("2026-11-20", "AV320", "v1-overwrites-tagline-of-v2-personas"),
        ("2026-11-20", "AV401", "unknown-route-is-html* wrong-method-is-empty unauthorized-is-text"),
        ("2026-11-20", "AV401", "validation-without-request-id not-found-flat error-code-upper-case"),
        ("2026-11-20", "AV313", "default-pinned page-size-drifts"),
        ("2026-11-20", "AV406", "validation-answers-200*"),
        ("2026-11-20", "AV407", "wrong-method-answers-404* allow-lists-one-method"),
        ("2026-11-20", "AV403", "not-found-code-of-v2-differs validation-of-v2-answers-422"),
        ("2026-11-20", "AV501", "deprecation-missing-on-errors deprecation-missing-on-memory-read*"),
        ("2026-11-20", "AV501", "deprecation-missing-on-version sunset-header-missing"),
        ("2026-11-20", "AV501", "not-modified-announces-nothing* not-modified-since-announces-nothing"),
        ("2026-11-20", "AV502", "deprecation-on-v2"),
        ("2026-11-15", "AV502", "deprecation-day-early*"),
        (
            "2026-11-20",
            "AV503",
            "deprecation-capital deprecation-is-date sunset-header-wrong-weekday* sunset-header-iso",
        ),
        ("2026-11-20", "AV504", "sunset-header-other-day sunset-ends-before-its-last-day"),
        ("2027-05-16", "AV401", "sunset-body-empty"),
        ("2027-05-16", "AV601", "sunset-answers-404 sunset-redirects sunset-only-stops-get sunset-post-still-served*"),
        ("2027-05-16", "AV601", "sunset-version-still-served sunset-day-late"),
        ("2027-05-16", "AV602", "sunset-code sunset-without-migration*"),
        ("2027-05-16", "AV603", "sunset-has-side-effect*"),
        (
            "2027-05-16",
            "AV608",
            "sunset-migration-dead* sunset-migration-in-a-circle sunset-points-to-a-path-nobody-has",
        ),
        ("2027-05-15", "AV604", "sunset-day-early"),
        ("2026-11-20", "AV604", "sunset-after-six-months"),
        (
            "2026-11-20",
            "AV219",
            "header-beats-path* header-rescues-bad-path query-beats-path query-beats-path-for-writes",
        ),
        ("2026-11-20", "AV219", "query-beats-path-for-patches query-beats-path-for-deletes query-alone-selects"),
        ("2026-11-20", "AV702", "version-deployed-tomorrow* release-behind-the-contract release-goes-back"),
    ),
    "augno": (
        ("2026-11-20", "AV101", "preview-2-released-before-1"),
        ("2026-11-20", "AV105", "successor-is-a-preview"),
        ("2026-11-20", "AV107", "preview-not-called-one previews-outlive-the-next-version*"),
        ("2026-11-20", "AV110", "sunset-moved-a-month-earlier*"),
        ("2026-11-20", "AV201", "missing-version-served-to-head"),
        ("2026-11-20", "AV203", "unknown-version-served-to-head"),
        ("2026-11-20", "AV204", "first-word-counts"),
        ("2026-11-20", "AV201", "missing-version-served missing-version-served-on-get* missing-version-wrong-code"),
        ("2026-11-20", "AV202", "empty-version-served*"),
        ("2026-11-20", "AV203", "unknown-version-rounded* unknown-version-wrong-code unknown-version-404"),
        ("2026-11-20", "AV204", "version-leading-zero-accepted version-uppercase-accepted"),
        ("2026-11-20", "AV204", "version-trailing-text-accepted* preview-without-number-accepted"),
        ("2026-11-20", "AV204", "malformed-version-crashes"),
        ("2026-11-20", "AV208", "next-version-already-answers"),
        ("2026-11-20", "AV208", "rounded-within-the-old-codename"),
        ("2026-11-20", "AV203 AV204 AV208", "newest-of-a-codename-answers"),
        ("2026-11-20", "AV209", "first-of-two-versions-wins*"),
        ("2026-11-20", "AV213", "health-needs-a-version* health-reads-a-version"),
        ("2026-11-20", "AV213", "preflight-needs-a-version preflight-forbids-the-version"),
        ("2026-11-20", "AV216", "v2-of-the-path-served* v2-of-the-path-selects"),
        ("2026-11-20", "AV224", "one-revision-tags-all-versions* not-modified-has-no-tag"),
        ("2026-11-20", "AV210", "path-prefix-selects* version-rounded-up echo-missing echo-missing-on-errors"),
        ("2026-11-20", "AV210", "echo-wrong-on-previews"),
        ("2026-11-20", "AV210", "not-modified-names-no-version* not-modified-names-another-version"),
        ("2026-11-20", "AV301", "credit-limit-as-string customer-without-email create-customer-200 order-list-as-html"),
        ("2026-11-20", "AV301", "preview-2-old-name*"),
        ("2026-11-20", "AV302", "customer-name-tightened phone-now-required limit-tightened"),
        ("2026-11-20", "AV303", "tags-vanished*"),
        ("2026-11-20", "AV306", "break-in-a-minor-version*"),
        ("2026-11-20", "AV307", "waiver-of-nothing*"),
        ("2026-11-20", "AV316", "orders-open-to-all"),
        ("2026-11-20", "AV310", "undocumented-member-gone-in-a-minor* undocumented-member-gone-in-a-patch"),
        ("2026-11-20", "AV310", "undocumented-member-retyped-in-a-minor"),
        ("2026-11-20", "AV401", "router-404-plain-text method-405-other-envelope unauthorized-other-envelope"),
        ("2026-11-20", "AV401", "validation-crucible-envelope crucible-forge-envelope*"),
        ("2026-11-20", "AV402", "broken-json-500*"),
        ("2026-11-20", "AV701", "method-405-without-allow"),
        ("2027-03-01", "AV601", "crucible-served-after-sunset sunset-404 sunset-only-get sunset-redirects"),
        ("2027-03-01", "AV601", "sunset-order-list-served"),
        ("2027-03-01", "AV602", "sunset-wrong-code"),
        ("2027-03-01", "AV603", "sunset-side-effect"),
        ("2027-02-28", "AV604", "sunset-day-early"),
    ),
    "vellocity": (
        ("2026-11-20", "AV103", "alias-deprecated-a-day-late"),
        ("2026-11-20", "AV106", "sample-of-a-wrong-weekday*"),
        ("2026-11-20", "AV108", "thirty-one-endpoints-announced"),
        ("2026-06-15", "AV112", "day-of-the-alias-end-not-said"),
        ("2026-11-20", "AV203", "unknown-version-served unknown-version-wrong-code unknown-version-400"),
        ("2026-11-20", "AV204", "version-leading-zero-accepted version-uppercase-accepted"),
        ("2026-11-20", "AV204", "version-unicode-digit-accepted malformed-version-crashes"),
        ("2026-11-20", "AV208", "next-version-already-answers"),
        ("2026-11-20", "AV211", "v1-only-aliased*"),
        ("2026-11-20", "AV301", "metrics-score-as-string affiliate-without-email mcp-id-dropped start-session-200"),
        ("2026-11-20", "AV301", "receipts-as-text"),
        ("2026-11-20", "AV302", "workflow-title-tightened scenario-now-required budget-null-refused*"),
        ("2026-11-20", "AV302", "schedule-replace-gone"),
        ("2026-11-20", "AV303", "partner-seats-vanished"),
        ("2026-11-20", "AV316", "receipts-open-to-all"),
        ("2026-11-20", "AV316", "affiliates-open-to-head* affiliates-open-to-undeclared-methods"),
        ("2026-11-20", "AV401", "router-404-html method-405-other-envelope unauthorized-other-envelope"),
        ("2026-11-20", "AV401", "validation-other-envelope error-status-mismatch*"),
        ("2026-11-20", "AV402", "broken-json-500"),
        ("2026-11-20", "AV315", "documented-and-not-announced"),
        ("2026-11-20", "AV405", "unlisted-code-for-validation* unlisted-code-for-wrong-method"),
        ("2026-11-20", "AV407", "wrong-method-answers-404"),
        ("2026-11-20", "AV502", "live-version-deprecated"),
        ("2026-11-20", "AV701", "method-405-without-allow request-id-missing request-id-missing-on-errors"),
        ("2026-06-15", "AV210", "alias-names-another-version"),
        ("2026-11-20", "AV701", "not-modified-has-no-request-id"),
        ("2026-06-15", "AV301", "alias-wraps-answers"),
        ("2026-06-15", "AV302", "alias-needs-bearer alias-affiliates-gone-early*"),
        (
            "2026-06-15",
            "AV309",
            "alias-metrics-of-a-week* alias-forgets-an-affiliate alias-refuses-otherwise alias-creates-otherwise",
        ),
        ("2026-06-15", "AV501", "alias-deprecation-missing-on-errors alias-deprecation-missing-on-metrics*"),
        ("2026-11-20", "AV213", "pages-may-not-ask-for-receipts"),
        ("2026-06-15", "AV210", "alias-that-need-not-names-v9"),
        ("2026-11-20", "AV222", "list-names-the-gone-alias* list-of-all-forgets-v1"),
        ("2026-06-15", "AV503", "alias-deprecation-as-date alias-deprecation-capital alias-sunset-wrong-weekday"),
        ("2026-06-15", "AV503", "alias-sunset-iso"),
        ("2026-06-15", "AV504", "alias-sunset-other-day"),
        (
            "2026-06-15",
            "AV505",
            "alias-link-missing alias-link-other-rel alias-link-unbracketed* alias-link-other-target",
        ),
        ("2026-06-15", "AV505", "link-of-another-type link-in-another-language"),
        ("2026-07-15", "AV312", "v1-links-to-the-gone-alias"),
        ("2026-06-15", "AV312", "v1-links-to-where-no-alias-is v1-links-to-the-fading-alias"),
        ("2026-07-01", "AV601", "alias-served-after-sunset* alias-redirects-after-sunset alias-404-after-sunset"),
        ("2026-07-01", "AV601", "alias-gone-only-get alias-sessions-still-served"),
        ("2026-07-01", "AV602", "alias-gone-wrong-code"),
        ("2026-07-01", "AV603", "alias-gone-side-effect*"),
        ("2026-06-30", "AV604", "alias-gone-day-early"),
        ("2027-03-01", "AV315", "contract-silent-about-the-schedule*"),
        ("2027-07-01", "AV601", "schedule-gone-for-get-only schedule-ends-a-day-late"),
        ("2027-06-30", "AV604", "schedule-ends-a-day-early"),
        ("2027-03-01", "AV502", "receipts-announce-the-end-of-the-schedule"),
        ("2027-03-01", "AV501", "schedule-is-silent-on-its-errors"),
        ("2027-03-01", "AV302", "schedule-leads-to-nothing"),
    ),
    "aragora": (
        ("2026-11-20", "AV103", "removed-after-one-minor-release"),
        ("2026-11-20", "AV104", "default-is-dead*"),
        ("2026-11-20", "AV108", "map-forgets-rankings* fifteen-endpoints-announced"),
        ("2026-11-20", "AV109", "rejection-wears-an-envelope-without-code"),
        ("2026-11-20", "AV200", "header-not-routed-to-agents* accept-not-routed-to-webhooks"),
        ("2026-11-20", "AV202", "header-empty-accepted"),
        (
            "2026-11-20",
            "AV203",
            "header-unknown-falls-through* header-unknown-404 accept-unknown-ignored path-unknown-400",
        ),
        ("2026-11-20", "AV203", "path-unknown-wrong-code"),
        ("2026-11-20", "AV204", "header-v-spelling-accepted path-uppercase-accepted"),
        ("2026-04-01", "AV204", "release-in-the-header-served"),
        ("2026-11-20", "AV204", "path-leading-zero-accepted path-unicode-digit-accepted path-malformed-404"),
        ("2026-11-20", "AV204", "path-malformed-500"),
        ("2026-04-01", "AV205", "header-beats-path* accept-beats-header conflict-refused*"),
        (
            "2026-04-01",
            "AV205",
            "header-beats-path-for-writes* header-beats-path-for-patches header-beats-path-for-deletes",
        ),
        ("2026-11-20", "AV206", "path-unknown-falls-through*"),
        ("2026-04-01", "AV207", "default-is-v2* default-refused*"),
        ("2026-04-01", "AV207", "writes-go-to-the-newest* patches-go-to-the-newest deletes-go-to-the-newest"),
        ("2026-04-01", "AV207", "json-alone-is-v2* no-accept-is-v2"),
        ("2026-11-20", "AV208", "undeclared-v3-answers"),
        ("2024-06-01", "AV208", "planned-v2-has-its-new-name"),
        ("2026-04-01", "AV224", "one-revision-tags-all-versions"),
        ("2026-04-01", "AV214", "kept-without-vary* varies-with-accept-only not-modified-does-not-vary*"),
        ("2026-11-20", "AV215", "accept-parameter-by-substring* accept-quoted-ignored accept-needs-a-space"),
        ("2026-04-01", "AV215", "quotes-not-read-for-writes quotes-not-read-for-deletes header-is-read-in-one-case"),
        ("2026-04-01", "AV215", "first-range-counts* range-of-no-weight-counts"),
        ("2026-11-20", "AV210", "meta-version-wrong*"),
        ("2026-11-20", "AV212", "header-rates-agents-otherwise* accept-forgets-an-agent"),
        (
            "2026-11-20",
            "AV301",
            "v2-agents-unwrapped v2-create-answers-200 v2-created-at-missing v2-leaderboard-as-text",
        ),
        ("2026-11-20", "AV301", "v2-rounds-come-twice"),
        ("2026-11-20", "AV301", "second-page-has-other-identifiers next-page-is-not-there"),
        ("2026-11-20", "AV301", "next-page-is-this-page* next-page-begins-one-too-low"),
        ("2026-11-20", "AV301", "created-otherwise-through-the-header list-without-items-through-a-carrier"),
        ("2026-11-20", "AV301", "v2-rounds-as-string meta-timestamp-without-zone next-link-leaves-v2*"),
        ("2026-04-01", "AV301", "v1-debates-wrapped v1-max-rounds-as-string"),
        ("2026-11-20", "AV302", "v2-api-key-refused* v2-context-required v2-task-limit-tightened"),
        ("2026-04-01", "AV302", "v1-max-rounds-required"),
        ("2026-11-20", "AV316", "oauth-not-required* token-is-compared-to-sixteen* header-goes-past-the-guard"),
        ("2026-11-20", "AV318", "v2-newest-webhook-not-listed what-may-be-null-is-lost"),
        ("2026-11-20", "AV319", "v2-deleted-debate-still-read"),
        ("2026-11-20", "AV312", "agent-links-to-v1* agents-link-to-no-version"),
        ("2026-04-01", "AV401", "unknown-version-refused-in-text"),
        ("2026-11-20", "AV401", "version-rejection-in-v1-envelope* router-404-as-text v2-405-in-v1-envelope"),
        ("2026-11-20", "AV401", "v2-401-without-code v2-support-url-missing v1-error-status-differs"),
        ("2026-11-20", "AV311", "old-name-still-in-v2* v2-shows-topic-too v2-takes-v1-body"),
        ("2026-04-01", "AV315", "announced-and-not-documented*"),
        ("2026-11-20", "AV313", "v2-auto-select-default-false*"),
        ("2026-11-20", "AV313", "default-in-line-not-kept default-lost-in-long-debates"),
        ("2026-11-20", "AV313", "default-in-an-object-not-kept"),
        ("2026-11-20", "AV311", "old-rounds-still-count old-task-still-counts"),
        ("2026-11-20", "AV314", "request-id-constant*"),
        ("2026-04-01", "AV314", "v1-answers-carry-meta"),
        ("2026-04-01", "AV203 AV205 AV207 AV210 AV215 AV301 AV314 AV316 AV502 AV701", "kept-by-address-alone"),
        ("2026-11-20", "AV406", "not-found-answers-200"),
        ("2026-04-01", "AV501", "deprecation-missing-on-errors deprecation-missing-on-agents*"),
        ("2026-04-01", "AV501", "default-announces-nothing"),
        ("2026-11-20", "AV502", "deprecation-on-v2"),
        ("2026-04-01", "AV503", "deprecation-is-true deprecation-is-float* sunset-as-http-date level-capitalised"),
        ("2026-04-01", "AV504", "deprecation-is-sunset* sunset-other-day"),
        ("2026-04-01", "AV505", "link-missing link-not-mapped*"),
        ("2026-05-03", "AV506", "level-critical-late* level-never-critical"),
        ("2026-03-04", "AV506", "level-critical-months-early"),
        ("2026-06-01", "AV401", "sunset-in-v2-envelope"),
        ("2026-06-01", "AV601", "sunset-ignored sunset-agents-still-served sunset-header-still-served*"),
        ("2026-06-01", "AV601", "sunset-accept-still-served sunset-default-still-served* sunset-only-get-answers-410"),
        ("2026-06-01", "AV601", "sunset-answers-404 sunset-redirects sunset-needs-credentials"),
        ("2026-06-01", "AV603", "sunset-post-has-side-effect"),
        ("2026-06-01", "AV606", "sunset-kept-at-will sunset-kept-for-all*"),
        ("2026-05-31", "AV604", "sunset-day-early"),
        ("2027-03-01", "AV505", "rankings-lead-nowhere"),
        ("2027-03-01", "AV502", "leaderboard-announces-the-end-of-the-rankings"),
        ("2027-03-01", "AV501", "consensus-is-silent-on-its-404"),
        ("2027-03-01", "AV315", "contract-silent-about-the-consensus"),
        ("2027-07-01", "AV601", "rankings-end-a-day-late consensus-gone-for-get-only"),
        ("2027-06-30", "AV604 AV608", "rankings-end-a-day-early"),
        ("2027-03-01", "AV302 AV505 AV608", "leaderboard-is-not-there"),
        ("2026-11-20", "AV701", "ratelimit-missing-on-errors"),
        ("2026-11-20", "AV703", "ratelimit-remaining-above-limit* ratelimit-reset-past"),
    ),
}
"""Day, the code that speaks (or several, where one bug breaks several promises), and the bugs. The short run has the first of each line, and
those with a star."""

_BOTH: Mapping[str, str] = {
    "headers-on-successes-only": "each of two promises names headers that errors lack",
    "kept-by-address-alone": "whichever version is named, and whoever asks, what was asked for first at an address answers: one cause, told by AV314",
    "newest-of-a-codename-answers": "versions that nobody declared, those beside a declared one, and those that write their number with zeros are all taken",
    "v2-workflow-read-from-stale-cache": "what either version wrote is not what this one shows: one cause, of which the second is the sequel",
    "importance-is-integer-again": "an answer leaves its contract, and what was written as a fraction is gone when it is read",
    "rankings-end-a-day-early": "they end in v2 before their day, and are what the end of v1 leads to",
    "leaderboard-is-not-there": "an operation of v2 is not served, the rankings announce it, and the end of v1 leads to it",
}
"""Bugs that truly break several promises, and why."""

_AS_PROMISED = "the policy promises more, and the server keeps it"

_LATER: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "girard": (
        ("2027-09-01", _AS_PROMISED, "honest-says-more-after-the-end"),
        ("2026-11-20", _AS_PROMISED, "honest-headers-of-some-methods"),
        ("2026-11-20", _AS_PROMISED, "honest-dates-are-tied"),
        ("2027-01-15", _AS_PROMISED, "honest-v1-ends-its-own-way"),
        ("2026-11-20", _AS_PROMISED, "honest-v3-is-planned"),
        ("2026-11-20", _AS_PROMISED, "honest-list-is-oldest-first"),
        ("2026-11-20", _AS_PROMISED, "honest-answers-have-no-additions"),
        ("2026-11-20", "what looks like a second answer is an interim one", "honest-early-hints"),
    ),
    "moonborn": (),
    "augno": (),
    "vellocity": (("2026-06-15", _AS_PROMISED, "honest-alias-names-its-version"),),
    "aragora": (("2026-04-01", _AS_PROMISED, "honest-stamp-of-the-platform"),),
}
"""Day, the reason why nothing speaks, and the bugs."""


_SEQUELS: Mapping[str, tuple[str, ...]] = {
    "kept-by-address-alone": ("AV204", "AV206", "AV208"),
    "importance-is-integer-again": ("AV318",),
}
"""What a bug breaks beside what it always breaks: a cache gives the same answer to a wrong version, where the right one was there first; a
fraction is lost where one was drawn that shows it."""

_TAKES_MORE = frozenset(
    {
        "name-limit-tightened",
        "customer-name-tightened",
        "tags-vanished",
        "importance-is-integer-again",
        "kept-by-address-alone",
    }
)
"""Bugs that show in a request of many, or in a probe of each operation: a brief run has too few."""


def _rows() -> Iterator[Row]:
    for policy in POLICIES:
        for day, code, bugs in _SHOWN[policy]:
            for number, bug in enumerate(bugs.split()):
                name = bug.rstrip("*")
                expected, reason = tuple(code.split()), _BOTH.get(name, "")
                curated = name != bug or number == 0
                whole = name in _TAKES_MORE
                yield Row(
                    policy=policy,
                    bug=name,
                    day=day,
                    expected=expected,
                    sequels=_SEQUELS.get(name, ()),
                    reason=reason,
                    curated=curated,
                    whole=whole,
                )
        for day, reason, bugs in _LATER[policy]:
            yield from (Row(policy=policy, bug=bug, day=day, reason=reason) for bug in bugs.split())


_NO_POLICY_PROMISES = frozenset({"AV218", "AV221", "AV222", "AV223", "AV605"})
"""Checks of promises that none of the five policies makes, but a preset does."""

_PRESETS = tuple(
    Row(
        policy=name,
        bug=bug,
        day=shown.bug_days.get(bug, shown.days[0]),
        expected=(code,),
        curated=code in _NO_POLICY_PROMISES or number == 0,
    )
    for name, shown in SHOWN.items()
    for number, (bug, code) in enumerate(shown.bugs.items())
)
"""The bugs of the presets' servers."""


def _lives() -> Iterator[Row]:
    """The first bug of each check that no other row of the short run is about is in the short run."""
    known = {row.expected for row in (*_rows(), *_PRESETS) if row.curated}
    for name, life in LIVES.items():
        for bug, planted in life.bugs.items():
            alone = len(planted.codes) == 1 and planted.codes not in known
            known.add(planted.codes)
            yield Row(
                policy=name,
                bug=bug,
                day=planted.day,
                expected=planted.codes,
                reason=planted.reason,
                sequels=planted.sequels,
                curated=alone,
            )


_LIVES = tuple(_lives())
"""The bugs of services whose policies say what the life of whole versions cannot."""

ROWS: tuple[Row, ...] = (*_rows(), *_PRESETS, *_LIVES)
"""Every planted bug, each once."""
CURATED: tuple[Row, ...] = tuple(row for row in ROWS if row.curated)
"""The short run: at least one bug for every check."""
