"""Keys of monitoring, logging, alarms and analytics."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
datadog_prefixed | Datadog token | ddp?at_[A-Za-z0-9]{30,60} | ddat_,ddpat_
dynatrace | Dynatrace token | dt0[a-z]\d\d\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{64} | dt0
grafana_legacy | Grafana key, first form | eyJrIjoi[A-Za-z0-9]{60,400}={0,3}
grafana_cloud | Grafana Cloud token | glc_[A-Za-z0-9+/]{32,400}={0,3}
grafana_service | Grafana service account token | glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}
honeycomb | Honeycomb key | hc[abi]ik_[a-z0-9]{58} | hcaik_,hcbik_,hciik_
newrelic_user | New Relic user key | NRAK-[A-Za-z0-9]{27,32}
newrelic_insert | New Relic insert key | NRII-[A-Za-z0-9_-]{16,40}
newrelic_browser | New Relic browser key | NR(?:JS|BR)-[0-9a-f]{19} | nrjs-,nrbr-
newrelic_admin | New Relic admin key | NRAA-[0-9a-f]{27}
newrelic_query | New Relic query key | NRIQ-[A-Za-z0-9_-]{32}
newrelic_rest | New Relic REST key | NRRA-[0-9a-f]{42}
newrelic_synthetics | New Relic synthetics or mobile key | NR(?:SP|AP|MA|IN)-[A-Za-z0-9-]{20,60} | \
    nrsp-,nrap-,nrma-,nrin-
newrelic_license | New Relic license key | (?:eu\d\dx[x0-9a-f])?[0-9a-f]{30,36}NRAL | nral
newrelic_pixie | Pixie key | px-(?:api|dep)-<uuid> | px-api-,px-dep-
sentry_org | Sentry organization token | sntrys_eyJ[A-Za-z0-9+/=_-]{80,400}
sentry_user | Sentry user token | sntryu_[0-9a-f]{64}
sentry_dsn | Sentry DSN with secret | https://[0-9a-f]{32}:[0-9a-f]{32}@[a-z0-9.-]{4,60}/\d{1,12} | \
    /:\/\/[0-9a-f]{8}/
~sentry_dsn_public | Sentry DSN | https://[0-9a-f]{32}@[a-z0-9.-]{4,60}/\d{1,16} | /:\/\/[0-9a-f]{8}/
segment | Segment token | sgp_[A-Za-z0-9]{64}
posthog | PostHog personal key | ph[xars]_[A-Za-z0-9]{32,80} | /ph[xars]_[a-z0-9]{12}/
~posthog_project | PostHog project key | phc_[A-Za-z0-9]{32,80}
logfire | Logfire token | pylf_v\d_[a-z]{2}_[A-Za-z0-9]{43} | pylf_v
unkey | Unkey key | unkey_[A-Za-z0-9]{22,40}
axiom | Axiom token | xa[aip]t-<uuid> | xaat-,xapt-,xait-
checkly | Checkly key | cu_[0-9a-f]{32} | cu_
incident_io | incident.io key | inc_[0-9a-f]{60,70}
splunk_hec | Splunk HTTP collector token | Splunk[ ]<UUID> | splunk
~segment_write | Segment write key | analytics\.load\(["']([A-Za-z0-9]{32})["'] | analytics.load
"""

_NEAR = r"""
papertrail | Papertrail token | [A-Za-z0-9]{20} | papertrail
"""

_ASSIGNED = r"""
datadog | Datadog key | datadog, dd_api, dd-api, dd_app | [A-Za-z0-9]{32}|[A-Za-z0-9]{40}
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
amplitude | Amplitude key | amplitude | [0-9a-f]{32}
mixpanel | Mixpanel secret | mixpanel | [0-9a-f]{32}
airbrake | Airbrake key | airbrake | [0-9a-f]{32}
honeybadger | Honeybadger key | honeybadger | [A-Za-z0-9]{6,8}|[A-Za-z0-9]{20}
appoptics | AppOptics token | appoptics | [A-Za-z0-9_-]{71}
instana | Instana key | instana | [A-Za-z0-9_-]{22}
signalfx | Splunk observability token | signalfx, sfx, splunk_access | [A-Za-z0-9_-]{22}
victorops | Splunk On-Call key | victorops | [0-9a-f]{32}|<uuid>
uptimerobot | UptimeRobot key | uptimerobot, uptime_robot | [um]\d{6,9}-[0-9a-f]{24,32}
statuspage | Statuspage key | statuspage | <uuid>
heap | Heap key | heap_api | [A-Za-z0-9]{32}
coralogix | Coralogix key | coralogix | <uuid>|cxtp_[A-Za-z0-9]{30}
scoutapm | Scout key | scout_key, scoutapm | [A-Za-z0-9]{20}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
