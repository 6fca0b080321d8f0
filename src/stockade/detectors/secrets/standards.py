"""Keys of monitoring, logging and analytics services, and tokens of open standards."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, prefixed

_PREFIXED = r"""
jwt | JSON web token | ey[A-Za-z0-9]{17,1000}\.ey[A-Za-z0-9/\\_-]{17,1000}\.(?:[A-Za-z0-9/\\_-]{10,1000}={0,\
    2})? | .ey | any
jwt_encoded | JSON web token inside base64 | ZXlK[A-Za-z0-9+/]{60,1000}={0,2} | zxlk | any
datadog_prefixed | Datadog token | ddp?at_[A-Za-z0-9]{30,60} | ddat_,ddpat_
dynatrace | Dynatrace token | dt0[a-z]\d\d\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{64} | dt0
grafana_legacy | Grafana key, first form | eyJrIjoi[A-Za-z0-9]{60,400}={0,3}
grafana_cloud | Grafana Cloud token | glc_[A-Za-z0-9+/]{32,400}={0,3}
grafana_service | Grafana service account token | glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}
honeycomb | Honeycomb key | hc[abi]ik_[a-z0-9]{58} | hcaik_,hcbik_,hciik_
newrelic_user | New Relic user key | NRAK-[A-Za-z0-9]{27,32}
newrelic_insert | New Relic insert key | NRII-[A-Za-z0-9_-]{16,40}
newrelic_browser | New Relic browser key | NRJS-[0-9a-f]{19}
newrelic_admin | New Relic admin key | NRAA-[0-9a-f]{27}
newrelic_query | New Relic query key | NRIQ-[A-Za-z0-9_-]{32}
newrelic_rest | New Relic REST key | NRRA-[0-9a-f]{42}
newrelic_license | New Relic license key | (?:eu\d\dxx)?[0-9a-f]{30,36}NRAL | nral
newrelic_pixie | Pixie key | px-(?:api|dep)-<uuid> | px-api-,px-dep-
sentry_org | Sentry organization token | sntrys_eyJ[A-Za-z0-9+/=_-]{80,400}
sentry_user | Sentry user token | sntryu_[0-9a-f]{64}
sentry_dsn | Sentry DSN with secret | https://[0-9a-f]{32}:[0-9a-f]{32}@[a-z0-9.-]{4,60}/\d{1,12} | https://
segment | Segment token | sgp_[A-Za-z0-9]{64}
posthog | PostHog key | ph[cxars]_[A-Za-z0-9]{32,80} | phc_,phx_,pha_,phr_,phs_
akamai | Akamai credential | akab-[a-z0-9]{16}-[a-z0-9]{16} | akab-
logfire | Logfire token | pylf_v\d_[a-z]{2}_[A-Za-z0-9]{43} | pylf_v
betterstack_like | Rollbar or Unkey key | unkey_[A-Za-z0-9]{22,40}
statsig | Statsig key | secret-[A-Za-z0-9]{40,50}
lightstep_like | Axiom token | xa[aip]t-<uuid> | xaat-,xapt-,xait-
paseto | PASETO token | v[1-4]\.(?:local|public)\.[A-Za-z0-9_-]{60,900} | .local.,.public.
url_basic_auth | Password in an address | [a-z][a-z0-9+.-]{1,20}://[^ \t\r\n:/@\"'\x00<>\[\]{}\xe0-\xff]{0,8\
    0}:([^ \t\r\n/@\"'\x00<>{}\xe0-\xff]{3,100})@[A-Za-z0-9%\[$] | :// | url
basic_auth | Basic credentials in a header | (?i:basic)[ ]{1,3}([A-Za-z0-9+/_-]{8,400}={0,2}) | basic | basic
bearer | Bearer token in a header | (?i:authorization)["']?[ ]?[:=,][ ]{0,2}["']?(?i:bearer|token|ntlm|negot\
    iate)[ ]{1,3}([A-Za-z0-9_.~+/:=-]{12,1000}) | authorization | bearer
"""

_ASSIGNED = r"""
datadog | Datadog key | datadog, dd_api, dd-api | [A-Za-z0-9]{32}|[A-Za-z0-9]{40}
newrelic_legacy | New Relic key, first form | new-relic, newrelic, new_relic, license_key | \
    [A-Za-z0-9]{64}|[0-9a-f]{40}
sentry_legacy | Sentry token, first form | sentry | [0-9a-f]{64}
sumologic | Sumo Logic key | sumo | [A-Za-z0-9]{64}|su[A-Za-z0-9]{12}
loggly | Loggly token | loggly | <uuid>
logz | Logz.io token | logz, logzio | [A-Za-z0-9]{32}
pagerduty | PagerDuty key | pagerduty, pager_duty, pd_api | [A-Za-z0-9_+-]{20}|[0-9a-f]{32}
opsgenie | Opsgenie key | opsgenie | <uuid>
rollbar | Rollbar token | rollbar | [0-9a-f]{32}
bugsnag | Bugsnag key | bugsnag | [0-9a-f]{32}
splunk | Splunk token | splunk | <UUID>
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + assigned(_ASSIGNED)
