"""Keys of code hosts, trackers and what people write together in."""

from __future__ import annotations

from dataclasses import replace

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

# The CRC-32 at the end decides how sure we are; see checksums.
_SUMMED = r"""
github_pat | GitHub personal token | ghp_[A-Za-z0-9]{36} | ghp_ | summed
github_oauth | GitHub OAuth token | gho_[A-Za-z0-9]{36} | gho_ | summed
github_user | GitHub app user token | ghu_[A-Za-z0-9]{36} | ghu_ | summed
github_server | GitHub app installation token | ghs_[A-Za-z0-9]{36} | ghs_ | summed
"""
_UNSUMMED_CONFIDENCE = 0.7

_PREFIXED = r"""
github_server_jwt | GitHub app installation token, JWT form | \
    ghs_\d{1,12}_eyJ[A-Za-z0-9_-]{20,400}\.[A-Za-z0-9_-]{20,900}\.[A-Za-z0-9_-]{20,600} | /ghs_[0-9]+_eyj/
github_refresh | GitHub refresh token | ghr_[A-Za-z0-9]{36,76} | ghr_
github_fine_grained | GitHub fine-grained token | github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59} | github_pat_
github_fine_grained_other | GitHub fine-grained token of unusual length | \
    github_pat_[A-Za-z0-9_]{60,90} | github_pat_
gitlab_pat | GitLab personal token | glpat-[A-Za-z0-9_-]{20}
gitlab_pat_routable | GitLab routable token | \
    gl(?:pat-|rt-t\d_|rt-)[A-Za-z0-9_-]{27,300}\.[0-9a-z]{2,3}\.?[0-9a-z]{7,9} | glpat-,glrt-
gitlab_pipeline | GitLab trigger token | glptt-[0-9a-f]{40}
gitlab_runner_registration | GitLab runner registration token | GR1348941[A-Za-z0-9_-]{20}
gitlab_runner | GitLab runner token | glrt-[A-Za-z0-9_-]{20,60}
gitlab_runner_new | GitLab runner registration token, current form | glrtr-[A-Za-z0-9_-]{20,60}
gitlab_job | GitLab job token | glcbt-[A-Za-z0-9]{1,5}_[A-Za-z0-9_-]{20}
gitlab_deploy | GitLab deploy token | gldt-[A-Za-z0-9_-]{20}
gitlab_feature_flag | GitLab feature flag token | glffct-[A-Za-z0-9_-]{20}
gitlab_feed | GitLab feed token | glft-[A-Za-z0-9_-]{20}
gitlab_mail | GitLab incoming mail token | glimt-[A-Za-z0-9_-]{25}
gitlab_agent | GitLab agent token | glagent-[A-Za-z0-9_-]{50}
gitlab_oauth_secret | GitLab OAuth secret | gloas-[A-Za-z0-9_-]{64}
gitlab_scim | GitLab SCIM token | glsoat-[A-Za-z0-9_-]{20}
gitlab_workspace | GitLab workspace token | glwt-[A-Za-z0-9_-]{20,60}
gitlab_session | GitLab session cookie | _gitlab_session=[0-9a-z]{32} | _gitlab_session
bitbucket_app | Bitbucket app password | ATBB[A-Za-z0-9_=-]{24,40}
bitbucket_http | Bitbucket server token | BBDC-[A-Za-z0-9+/@_-]{40,50}
atlassian | Atlassian token | AT(?:ATT|CTT)3[A-Za-z0-9_=%-]{120,260} | atatt3,atctt3
figma | Figma token | fig[dru]_[A-Za-z0-9_-]{36,46} | figd_,figr_,figu_
notion | Notion token | ntn_\d{11}[A-Za-z0-9]{35}
notion_legacy | Notion token, first form | secret_[A-Za-z0-9]{43} | /secret_[a-z0-9]{12}/
linear | Linear key | lin_api_[A-Za-z0-9]{40}
linear_oauth | Linear OAuth token | lin_oauth_[A-Za-z0-9]{64}
airtable_pat | Airtable personal token | pat[A-Za-z0-9]{14}\.[0-9a-f]{64} | /pat[a-z0-9]{14}\./
postman | Postman key | PMAK-[0-9a-f]{24}-[0-9a-f]{34}
postman_collection | Postman collection key | PMAT-[A-Z0-9]{26}
readme | ReadMe key | rdme_[a-z0-9]{70}
frameio | Frame.io token | fio-u-[A-Za-z0-9_=-]{64}
contentful_pat | Contentful personal token | CFPAT-[A-Za-z0-9_-]{43}
clickup | ClickUp token | pk_\d{6,9}_[A-Z0-9]{32} | pk_
typeform | Typeform token | tfp_[A-Za-z0-9_.=-]{59}
coda | Coda token | coda_[A-Za-z0-9_-]{36,60}
storyblok_management | Storyblok management token | [A-Za-z0-9]{22}tt-\d{4,8}-[A-Za-z0-9_-]{20} | \
    /[a-z0-9]{4}tt-[0-9]{4}/
intra42 | Intra42 client secret | s-s4t2(?:ud|af)-[0-9a-f]{64}
"""

_NEAR = r"""
atlassian_jira | Jira or Confluence personal token | [MNO][A-Za-z0-9+/]{11}O[Ii][A-Za-z0-9+/]{30} | \
    jira, confluence, atlassian
figma_legacy | Figma token, first form | \d{4,8}-<uuid> | figma
gitea | Gitea or Forgejo token | [0-9a-f]{40} | gitea, forgejo, codeberg
"""

_ASSIGNED = r"""
github_secret | GitHub secret or token, first form | github, gh_token | [0-9a-f]{40}
~github_client | GitHub OAuth client id | github_client_id, gitalk, github_key, clientid | [0-9a-f]{20}
~bitbucket_client | Bitbucket client id | bitbucket | [A-Za-z0-9]{32}
bitbucket_secret | Bitbucket client secret | bitbucket | [A-Za-z0-9=_-]{64}
atlassian_legacy | Atlassian token, first form | atlassian, confluence, jira | [A-Za-z0-9]{24}
jira_consumer | Jira consumer secret | jira | [A-Za-z0-9]{32}
airtable_token | Airtable token | airtable | [A-Za-z0-9]{17}
linear_secret | Linear client secret | linear | [0-9a-f]{32}
gitter | Gitter token | gitter | [A-Za-z0-9_-]{40}
~asana_id | Asana client id | asana | \d{16}
asana_secret | Asana client secret | asana | [A-Za-z0-9]{32}
asana_token | Asana personal token | asana | [12]/\d{13,17}(?:/\d{13,17})?:[0-9a-f]{32}
trello | Trello token | trello | [A-Za-z0-9]{32}|[A-Za-z0-9]{64}
contentful | Contentful token | contentful | [A-Za-z0-9=_-]{43}
monday | monday.com token | monday | eyJ[A-Za-z0-9_.-]{60,600}
shortcut | Shortcut token | shortcut, clubhouse | <uuid>
todoist | Todoist token | todoist | [0-9a-f]{40}
miro | Miro token | miro | [A-Za-z0-9_-]{27}
sanity | Sanity token | sanity | sk[A-Za-z0-9]{80,180}
prismic | Prismic token | prismic | [A-Za-z0-9_-]{40,120}
webflow | Webflow token | webflow | [0-9a-f]{64}
storyblok | Storyblok token | storyblok | [A-Za-z0-9]{24}
evernote | Evernote token | evernote | S=s\d{1,3}:U=[0-9a-f]{5,12}:E=[0-9a-f:A-Z=]{20,120}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    summed = prefixed(_SUMMED)
    unsummed = prefixed(_SUMMED.replace("summed", "plausible"))
    doubted = tuple(replace(spec, alone=_UNSUMMED_CONFIDENCE) for spec in unsummed)
    return summed + doubted + prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
