"""Keys of what builds, tests, checks and publishes software: CI, quality, registries, feature flags."""

from __future__ import annotations

from dataclasses import replace

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_SUMMED = r"""
npm | npm token | npm_[A-Za-z0-9]{36} | npm_ | summed
"""
_UNSUMMED_CONFIDENCE = 0.7

_PREFIXED = r"""
npm_auth | Registry credential of npm | _auth(?:Token)?[ ]?=[ ]?["']?[A-Za-z0-9+/_=-]{20,120} | \
    _auth=,_auth =,_authtoken
pypi | PyPI token | pypi-AgE[A-Za-z0-9_-]{50,600} | pypi-age
rubygems | RubyGems key | rubygems_[0-9a-f]{48}
crates | crates.io token | cio[A-Za-z0-9]{32} | /cio[a-z0-9]{16}/
nuget | NuGet key | oy2[a-z0-9]{43}
clojars | Clojars token | CLOJARS_[A-Za-z0-9]{56,60}
packagist | Packagist token | packagist_(?:ort|uut|oct|pat)_[0-9a-f]{40,68} | packagist_
jfrog_key | JFrog Artifactory key | AKC[A-Za-z0-9]{10,80} | akc | any
jfrog_reference | JFrog reference token | cmVmd[A-Za-z0-9]{59}
gemfury | Gemfury token | [0-9a-f]{3}-[A-Za-z0-9]{20,24}@(?:push|repo)\.fury\.io | fury.io
circleci | CircleCI token | CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}
circleci_project | CircleCI project token | CCIPRJ_[A-Za-z0-9]{22}_[0-9a-f]{40}
buildkite | Buildkite token | bk(?:ua|at|aj|ct|pi)_[0-9a-zA-Z]{40,64} | bkua_,bkat_,bkaj_,bkct_,bkpi_
sonarqube | SonarQube token | sq[puai]_[0-9a-f]{40} | squ_,sqp_,sqa_,sqi_
sourcegraph | Sourcegraph token | sgp_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-fA-F]{40,64} | sgp_
sourcegraph_other | Sourcegraph enterprise token | slk_[0-9a-f]{64}
snyk_prefixed | Snyk token | snyk_(?:uat|sat)\.[A-Za-z0-9]{8}\.[A-Za-z0-9_-]{40,120} | snyk_
gitguardian | GitGuardian token | gg_[a-z]{2,6}_[A-Za-z0-9]{40,80} | gg_
dependency_track | Dependency-Track key | odt_[A-Za-z0-9]{32,48}
launchdarkly_prefixed | LaunchDarkly key | (?:api|sdk|mob)-<uuid> | /(?:api|sdk|mob)-[0-9a-f]{8}/
harness | Harness token | (?:pat|sat)\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20} | \
    /[ps]at\.[a-z0-9_-]{12}/
stackhawk | StackHawk key | hawk\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}
depot | Depot token | depot_(?:project|org|user)_[0-9a-f]{60,72} | depot_
socket | Socket.dev key | sktsec_[A-Za-z0-9_-]{40,60}_api | sktsec_
flagsmith | Flagsmith environment key | ser\.[A-Za-z0-9]{22} | /ser\.[a-z0-9]{12}/
configcat | ConfigCat key | configcat-(?:sdk|proxy)-1/[A-Za-z0-9_-]{22}/[A-Za-z0-9_-]{22} | configcat-
statsig | Statsig server key | secret-[A-Za-z0-9]{40,50}
unleash | Unleash token | (?:\*|default|[a-z0-9-]{2,20}):(?:development|production)\.[0-9a-f]{56,64} | \
    :development.,:production.
"""

_NEAR = r"""
jfrog_password | JFrog encrypted password | AP[A-F0-9][A-Za-z0-9]{8,60} | artifactory, jfrog
"""

_ASSIGNED = r"""
jfrog_identity | JFrog token | jfrog, artifactory, bintray, xray | [A-Za-z0-9]{64}|[A-Za-z0-9]{73}
codecov | Codecov token | codecov | [a-z0-9]{32}|<uuid>
codeclimate | Code Climate reporter id | codeclimate, cc_test_reporter | [0-9a-f]{64}
travis | Travis CI token | travis | [A-Za-z0-9_-]{20,22}
drone | Drone token | droneci, drone | [A-Za-z0-9]{32}
jenkins | Jenkins token | jenkins, crumb | [0-9a-f]{32,36}|<uuid>
sonar_legacy | Sonar token, first form | sonar | [0-9a-fA-Z]{40}
snyk | Snyk token, first form | snyk | <UUID>
sourcegraph_legacy | Sourcegraph token, first form | sourcegraph | [0-9a-fA-F]{40}
launchdarkly | LaunchDarkly token | launchdarkly | [A-Za-z0-9=_-]{40}
saucelabs | Sauce Labs key | sauce | <uuid>
sidekiq | Sidekiq credential | contribsys, sidekiq | [0-9a-f]{8}:[0-9a-f]{8}
browserstack | BrowserStack key | browserstack | [A-Za-z0-9]{20}
appveyor | AppVeyor token | appveyor | [a-z0-9]{20}
bitrise | Bitrise token | bitrise | [A-Za-z0-9_-]{86}
cypress | Cypress record key | cypress | <uuid>
percy | Percy token | percy | [0-9a-f]{64}
chromatic | Chromatic token | chromatic | [a-z0-9]{12}
semgrep | Semgrep token | semgrep | [0-9a-f]{64}
split_io | Split key | split_io, splitio | [a-z0-9]{52}
optimizely | Optimizely token | optimizely | [A-Za-z0-9_:-]{44,60}
cloudsmith | Cloudsmith key | cloudsmith | [0-9a-f]{40}
packagecloud | Packagecloud token | packagecloud | [0-9a-f]{48}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    summed = prefixed(_SUMMED)
    unsummed = prefixed(_SUMMED.replace("summed", "plausible"))
    doubted = tuple(replace(spec, alone=_UNSUMMED_CONFIDENCE) for spec in unsummed)
    return summed + doubted + prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
