"""Keys of code hosts, registries and build systems."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
github_pat | GitHub personal token | ghp_[A-Za-z0-9]{36} | ghp_ | github
github_oauth | GitHub OAuth token | gho_[A-Za-z0-9]{36} | gho_ | github
github_user | GitHub app user token | ghu_[A-Za-z0-9]{36} | ghu_ | github
github_server | GitHub app installation token | ghs_[A-Za-z0-9]{36} | ghs_ | github
github_server_jwt | GitHub app installation token, JWT form | ghs_\d{1,12}_eyJ[A-Za-z0-9_-]{20,400}\.[A-Za-z\
    0-9_-]{20,900}\.[A-Za-z0-9_-]{20,600} | ghs_
github_refresh | GitHub refresh token | ghr_[A-Za-z0-9]{36,76} | ghr_ | github
github_fine_grained | GitHub fine-grained token | github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59} | github_pat_
github_fine_grained_other | GitHub fine-grained token of unusual length | github_pat_[A-Za-z0-9_]{60,90} | \
    github_pat_
gitlab_pat | GitLab personal token | glpat-[A-Za-z0-9_-]{20}(?:[A-Za-z0-9_-]{7,280}\.[0-9a-z]{2,3}[0-9a-z]{7\
    })?
gitlab_pat_routable | GitLab routable token | gl(?:pat-|rt-t\d_|rt-)[A-Za-z0-9_-]{27,300}\.[0-9a-z]{9,11} | \
    glpat-,glrt-
gitlab_pipeline | GitLab trigger token | glptt-[0-9a-f]{40}
gitlab_runner_registration | GitLab runner registration token | GR1348941[A-Za-z0-9_-]{20}
gitlab_runner | GitLab runner token | glrt-[A-Za-z0-9_-]{20,60}
gitlab_job | GitLab job token | glcbt-[A-Za-z0-9]{1,5}_[A-Za-z0-9_-]{20}
gitlab_deploy | GitLab deploy token | gldt-[A-Za-z0-9_-]{20}
gitlab_feature_flag | GitLab feature flag token | glffct-[A-Za-z0-9_-]{20}
gitlab_feed | GitLab feed token | glft-[A-Za-z0-9_-]{20}
gitlab_mail | GitLab incoming mail token | glimt-[A-Za-z0-9_-]{25}
gitlab_agent | GitLab agent token | glagent-[A-Za-z0-9_-]{50}
gitlab_oauth_secret | GitLab OAuth secret | gloas-[A-Za-z0-9_-]{64}
gitlab_scim | GitLab SCIM token | glsoat-[A-Za-z0-9_-]{20}
gitlab_session | GitLab session cookie | _gitlab_session=[0-9a-z]{32} | _gitlab_session
bitbucket_app | Bitbucket app password | ATBB[A-Za-z0-9_=-]{24,40}
bitbucket_http | Bitbucket server token | BBDC-[A-Za-z0-9+/@_-]{40,50}
atlassian | Atlassian token | AT(?:ATT|CTT)3[A-Za-z0-9_=%-]{120,260} | atatt3,atctt3
atlassian_jira | Jira or Confluence personal token | [MNO][A-Za-z0-9+/]{11}Oi[A-Za-z0-9+/]{30} | \
    jira, confluence, oi
npm | npm token | npm_[A-Za-z0-9]{36}
npm_auth | npm registry credential | _auth(?:Token)?[ ]?=[ ]?["']?([A-Za-z0-9+/_=-]{20,120}) | _auth
pypi | PyPI token | pypi-AgE[A-Za-z0-9_-]{40,600} | pypi-age
rubygems | RubyGems key | rubygems_[0-9a-f]{48}
crates | crates.io token | cio[A-Za-z0-9]{32}
nuget | NuGet key | oy2[a-z0-9]{43}
clojars | Clojars token | (?i:CLOJARS_)[A-Za-z0-9]{56,60} | clojars_
hex_pm | Postman collection key | PMAT-[A-Z0-9]{26}
postman | Postman key | PMAK-[0-9a-f]{24}-[0-9a-f]{34}
circleci | CircleCI token | CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}
buildkite | Buildkite token | bk(?:ua|at|aj|ct)_[0-9a-zA-Z]{40,64} | bkua_,bkat_,bkaj_,bkct_
sonarqube | SonarQube token | sq[puai]_[0-9a-f]{40} | squ_,sqp_,sqa_,sqi_
sourcegraph | Sourcegraph token | sgp_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-fA-F]{40,64} | sgp_
sourcegraph_other | Sourcegraph enterprise token | slk_[0-9a-f]{64}
snyk_prefixed | Snyk token | snyk_(?:uat|sat)\.[A-Za-z0-9]{8}\.[A-Za-z0-9_-]{40,120} | snyk_
dependency_track | Dependency-Track key | odt_[A-Za-z0-9]{32,48}
launchdarkly_prefixed | LaunchDarkly key | (?:api|sdk|mob)-<uuid> | api-,sdk-,mob-
harness | Harness token | (?:pat|sat)\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20} | pat.,sat.
figma | Figma token | fig[dru]_[A-Za-z0-9_-]{36,46} | figd_,figr_,figu_
notion | Notion token | ntn_\d{11}[A-Za-z0-9]{35}
linear | Linear key | lin_api_[A-Za-z0-9]{40}
linear_oauth | Linear OAuth token | lin_oauth_[A-Za-z0-9]{64}
airtable_pat | Airtable personal token | pat[A-Za-z0-9]{14}\.[0-9a-f]{64} | pat
readme | ReadMe key | rdme_[a-z0-9]{70}
onepassword_account | 1Password secret key | A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9\
    ]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
onepassword_service | 1Password service account token | ops_eyJ[A-Za-z0-9+/_-]{120,1000}={0,3}
age_secret | age secret key | AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58} | age-secret-key-1 | any
wireguard | WireGuard key | (?:PrivateKey|PresharedKey)[ ]?=[ ]?([A-Za-z0-9+/]{43}=) | \
    privatekey, presharedkey
putty_key | PuTTY private key file | PuTTY-User-Key-File-[23] | putty-user-key-file | any
django | Django secret key | django-insecure-[A-Za-z0-9!@#$%^&*()_+=~-]{40,60}
netrc | Login line of a netrc file | machine [A-Za-z0-9._-]{3,60} login [A-Za-z0-9._@+-]{1,60} password ([^ \
    \t\r\n\x00]{4,80}) | machine | any
microsoft_teams | Teams webhook | https://[a-z0-9.-]{3,60}/webhook(?:b2)?/[A-Za-z0-9@-]{36,80}/IncomingWebho\
    ok/[A-Za-z0-9]{32}/[A-Za-z0-9-]{36} | incomingwebhook
typo_salt | Hash of a password (crypt) | \$(?:1|5|6|2[abxy]|8|9|y|argon2id?)\$[A-Za-z0-9./$,=+]{20,140} | \
    $1$,$5$,$6$,$2a$,$2b$,$2x$,$2y$,$8$,$9$,$y$,$argon2
kerberos_hash | Kerberos ticket hash | \$krb5(?:asrep|tgs)\$(?:17|18|23)\$[A-Za-z0-9@.$:*_-]{30,200} | $krb5
"""

_NEAR = r"""
figma_legacy | Figma token, first form | \d{4,8}-<uuid> | figma
airtable_key | Airtable key | key[A-Za-z0-9]{14} | airtable
"""

_ASSIGNED = r"""
github_secret | GitHub secret | github | [0-9a-f]{40}
github_client | GitHub OAuth client id | github_client_id, gitalk, github_key | [0-9a-f]{20}
bitbucket_client | Bitbucket client id | bitbucket | [A-Za-z0-9]{32}
bitbucket_secret | Bitbucket client secret | bitbucket | [A-Za-z0-9=_-]{64}
atlassian_legacy | Atlassian token, first form | atlassian, confluence, jira | [A-Za-z0-9]{24}
codecov | Codecov token | codecov | [a-z0-9]{32}
codeclimate | Code Climate reporter id | codeclimate, cc_test_reporter | [0-9a-f]{64}
travis | Travis CI token | travis | [A-Za-z0-9_-]{20,22}
drone | Drone token | droneci, drone | [A-Za-z0-9]{32}
jenkins | Jenkins token | jenkins, crumb | [0-9a-f]{32,36}|<uuid>
sonar_legacy | Sonar token | sonar | [0-9a-fA-F]{40}
snyk | Snyk token, first form | snyk | <UUID>
sourcegraph_legacy | Sourcegraph token, first form | sourcegraph | [0-9a-fA-F]{40}
launchdarkly | LaunchDarkly token | launchdarkly | [A-Za-z0-9=_-]{40}
airtable_token | Airtable token | airtable | [A-Za-z0-9]{17}
linear_secret | Linear client secret | linear | [0-9a-f]{32}
gitter | Gitter token | gitter | [A-Za-z0-9_-]{40}
asana_id | Asana client id | asana | \d{16}
asana_secret | Asana client secret | asana | [A-Za-z0-9]{32}
trello | Trello token | trello | [A-Za-z0-9]{32}|[A-Za-z0-9]{64}
saucelabs | Sauce Labs key | sauce | <uuid>
sidekiq | Sidekiq credential | contribsys, sidekiq | [0-9a-f]{8}:[0-9a-f]{8}
intercom | Intercom key | intercom | [A-Za-z0-9=_-]{60}
contentful | Contentful token | contentful | [A-Za-z0-9=_-]{43}
algolia | Algolia key | algolia | [a-z0-9]{32}
mapbox_legacy | Jira consumer secret | jira | [A-Za-z0-9]{32}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
