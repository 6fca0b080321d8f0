"""Keys of databases and data platforms."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
planetscale_password | PlanetScale password | pscale_pw_[A-Za-z0-9=._-]{32,64}
planetscale_token | PlanetScale token | pscale_tkn_[A-Za-z0-9=._-]{30,64}
planetscale_oauth | PlanetScale OAuth token | pscale_oauth_[A-Za-z0-9=._-]{32,64}
supabase | Supabase token | sbp_(?:v0_|oauth_)?[0-9a-f]{40}
supabase_secret | Supabase secret key | sb_secret_[A-Za-z0-9_-]{22,40}
neon | Neon key | napi_[a-z0-9]{60,70}
convex | Convex deploy key | (?:prod|dev|preview):[a-z0-9-]{5,40}\|[A-Za-z0-9+/=]{40,200} | \
    /(?:prod|dev|preview):[a-z0-9-]+\|[a-z0-9+/=]{8}/
databricks | Databricks token | dapi[0-9a-fA-F]{32}(?:-\d)?
databricks_oauth | Databricks service principal secret | dose[0-9a-f]{32}
confluent_prefixed | Confluent Cloud secret with prefix | cflt[A-Za-z0-9+/]{60}
clickhouse | ClickHouse Cloud secret | 4b1d[A-Za-z0-9]{38}
xata | Xata key | xau_[A-Za-z0-9]{30,44}
astra | DataStax Astra token | AstraCS:[A-Za-z0-9]{24}:[0-9a-f]{64} | astracs:
aiven | Aiven service password | AVNS_[A-Za-z0-9_-]{19}
mongodb_service | MongoDB Atlas service account secret | mdb_sa_sk_[A-Za-z0-9_-]{40}
tinybird | Tinybird token | p\.eyJ[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,80} | p.eyj
elastic_cloud | Elastic Cloud key | essu_[A-Za-z0-9+/=]{40,120}
dbt | dbt Cloud token | dbt[cu]_[A-Za-z0-9_-]{40,60} | dbtc_,dbtu_
cockroach | CockroachDB Cloud key | CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40} | ccdb1_
appwrite | Appwrite key | standard_[0-9a-f]{256} | /standard_[0-9a-f]{12}/
"""

_NEAR = r"""
airtable_key | Airtable key | key[A-Za-z0-9]{14} | airtable
influxdb | InfluxDB token | [A-Za-z0-9_-]{86}== | influx, influxdb, influx_token
upstash | Upstash REST token | A[A-Za-z0-9]{40,90}={0,2} | upstash, upstash_redis_rest_token
turso | Turso token | eyJ[A-Za-z0-9_-]{20,80}\.[A-Za-z0-9_-]{20,200}\.[A-Za-z0-9_-]{60,100} | turso, libsql
"""

_ASSIGNED = r"""
confluent_key | Confluent key id | confluent | [A-Za-z0-9]{16}
confluent_secret | Confluent secret | confluent | [A-Za-z0-9/+]{64}
mongodb_atlas | MongoDB Atlas key | atlas, mongodb | <uuid>
snowflake | Snowflake password | snowflake | [A-Za-z0-9!@#$%^&*_+-]{12,64}
elasticsearch | Elasticsearch API key | elastic, elasticsearch | [A-Za-z0-9_=-]{58,62}
redis_cloud | Redis Cloud key | redis_cloud, rediscloud, redislabs | [A-Za-z0-9]{40,56}
algolia | Algolia key | algolia | [a-z0-9]{32}
meilisearch | Meilisearch key | meili | [A-Za-z0-9_-]{43,64}
typesense | Typesense key | typesense | [A-Za-z0-9]{32}
looker | Looker key | looker | [A-Za-z0-9]{20}|[A-Za-z0-9]{24}
timescale | Timescale secret | timescale | [A-Za-z0-9]{64}
metabase | Metabase key | metabase | mb_[A-Za-z0-9+/=]{40,50}
fivetran | Fivetran secret | fivetran | [A-Za-z0-9]{32}
airbyte | Airbyte secret | airbyte | [A-Za-z0-9]{32}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
