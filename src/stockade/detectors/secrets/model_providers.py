"""Keys of language model providers and of what is built around them."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
stockade_key | Stockade gateway key | sk-stk-[a-z]{6,12}-[a-z2-7]{10}-[A-Za-z0-9]{40}[0-9a-f]{8} | \
    sk-stk- | stockade
openai_project | OpenAI project key | sk-proj-[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}
openai_project_other | OpenAI project key without its usual mark | sk-proj-[A-Za-z0-9_-]{40,200}
openai_service | OpenAI service account key | sk-svcacct-[A-Za-z0-9_-]{40,200}
openai_admin | OpenAI admin key | sk-admin-[A-Za-z0-9_-]{40,200}
openai_user | OpenAI key without project | sk-None-[A-Za-z0-9_-]{40,200}
openai_legacy | OpenAI key, first form | sk-[A-Za-z0-9]{20}T[34]BlbkFJ[A-Za-z0-9]{20} | sk-
openai_session | OpenAI session key | sess-[A-Za-z0-9]{40} | sess-
openai_ephemeral | OpenAI realtime client secret | ek_[0-9a-f]{32,64} | ek_
anthropic_api | Anthropic API key | sk-ant-api03-[A-Za-z0-9_-]{80,120}
anthropic_admin | Anthropic admin key | sk-ant-admin01-[A-Za-z0-9_-]{80,120}
anthropic_oauth | Anthropic OAuth access token | sk-ant-oat01-[A-Za-z0-9_-]{60,140}
anthropic_refresh | Anthropic OAuth refresh token | sk-ant-ort01-[A-Za-z0-9_-]{60,140}
anthropic_session | Anthropic session key | sk-ant-sid0[0-9]-[A-Za-z0-9_-]{60,140} | sk-ant-sid
anthropic_other | Anthropic key of another kind | sk-ant-[a-z]{2,10}\d{2}-[A-Za-z0-9_-]{32,200} | sk-ant-
huggingface | Hugging Face user token | hf_[A-Za-z0-9]{34,38}
huggingface_org | Hugging Face organization token | api_org_[A-Za-z0-9]{34}
groq | Groq key | gsk_[A-Za-z0-9]{48,56}
mistral_agent | Mistral key with prefix | mistral-[A-Za-z0-9]{32} | mistral-
replicate | Replicate token | r8_[A-Za-z0-9]{37}
perplexity | Perplexity key | pplx-[A-Za-z0-9]{40,64}
together | Together key | tgp_v1_[A-Za-z0-9_-]{43}
fireworks | Fireworks key | fw_[A-Za-z0-9]{22,32}
openrouter | OpenRouter key | sk-or-v1-[0-9a-f]{64}
xai | xAI key | xai-[A-Za-z0-9]{70,90}
deepseek | DeepSeek or DashScope key | sk-[0-9a-f]{32} | sk-
moonshot | Moonshot key | sk-kimi-[A-Za-z0-9]{40,80}
cohere_prefixed | Cohere key with prefix | co-[A-Za-z0-9]{40} | co-
cerebras | Cerebras key | csk-[a-z0-9]{48}
nvidia | NVIDIA API key | nvapi-[A-Za-z0-9_-]{60,80}
voyage | Voyage AI key | pa-[A-Za-z0-9_-]{43} | pa-
jina | Jina AI key | jina_[A-Za-z0-9]{60}
tavily | Tavily key | tvly-(?:dev-|prod-)?[A-Za-z0-9]{28,40} | tvly-
firecrawl | Firecrawl key | fc-[0-9a-f]{32} | fc-
e2b | E2B key | e2b_[0-9a-f]{40}
langsmith | LangSmith key | lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10} | lsv2_
langfuse_secret | Langfuse secret key | sk-lf-<uuid>
llamacloud | LlamaCloud key | llx-[A-Za-z0-9_-]{40,56}
pinecone | Pinecone key | pcsk_[A-Za-z0-9]{5,8}_[A-Za-z0-9]{50,70} | pcsk_
elevenlabs | ElevenLabs key | sk_[0-9a-f]{48} | /sk_[0-9a-f]{8}/
deepgram_project | Deepgram project token | dg_[A-Za-z0-9]{40} | dg_
wandb | Weights & Biases key | wandb_v1_[A-Za-z0-9_]{60,90}
portkey | Portkey virtual key | pk-portkey-[A-Za-z0-9]{24,40} | pk-portkey-
helicone | Helicone key | sk-helicone-[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}
friendli | Friendli token | flp_[A-Za-z0-9]{40,60}
runpod | RunPod key | rpa_[A-Z0-9]{40,48}[a-z0-9]{0,8} | rpa_
vertex_express | Vertex AI express key | AQ\.[A-Za-z0-9_-]{50} | aq.
bedrock_long | Amazon Bedrock key | ABSK[A-Za-z0-9+/]{109,269}={0,2} | absk
bedrock_short | Amazon Bedrock short-term key | bedrock-api-key-[A-Za-z0-9+/=_-]{24,400} | bedrock-api-key-
apify | Apify token | apify_(?:api|proxy)_[A-Za-z0-9]{34,40} | apify_
langdb | LangDB key | langdb_[A-Za-z0-9]{40,80}
openpipe | OpenPipe key | opk_[0-9a-f]{40,60}
nomic | Nomic key | nk-[A-Za-z0-9_-]{43} | nk-
browserbase | Browserbase key | bb_(?:live|test)_[A-Za-z0-9_-]{27,40} | bb_live_,bb_test_
mem0 | Mem0 key | m0-[A-Za-z0-9]{40}
model_key_other | Key of the form that many model providers use | sk-[A-Za-z0-9]{32,64} | sk- | random
"""

_NEAR = r"""
composio | Composio key | ak_[A-Za-z0-9_-]{20,24} | composio
fal_key | fal.ai key | <uuid>:[0-9a-f]{32} | fal, fal_key
zhipu | Zhipu or Z.ai key | [0-9a-f]{32}\.[A-Za-z0-9]{16} | zhipu, zhipuai, bigmodel, glm, zai
"""

_ASSIGNED = r"""
stability | Stability AI key | stability | sk-[A-Za-z0-9]{48}
siliconflow | SiliconFlow key | siliconflow, silicon_flow | sk-[a-z0-9]{48}
mistral | Mistral key | mistral | [A-Za-z0-9]{32}
cohere | Cohere key | cohere, co_api_key | [A-Za-z0-9]{40}
azure_openai | Azure OpenAI key | \
    azure_openai, azure-openai, openai_api_key, azureopenai, azure openai | [0-9a-f]{32}
azure_foundry | Azure AI Foundry key | azure_openai, azure openai, azure_ai, azureai | [A-Za-z0-9]{84}
ai21 | AI21 key | ai21 | [A-Za-z0-9]{32}
together_legacy | Together key, first form | \
    together_api, together_ai, togetherai, together_key, together_token | [0-9a-f]{64}
wandb_legacy | Weights & Biases key, first form | wandb, weights_and_biases | [0-9a-f]{40}
deepgram | Deepgram key | deepgram | [0-9a-f]{40}
assemblyai | AssemblyAI key | assemblyai, assembly_ai | [0-9a-f]{32}
elevenlabs_legacy | ElevenLabs key, first form | elevenlabs, eleven_labs, xi-api-key | [0-9a-f]{32}
serpapi | SerpApi key | serpapi, serp_api | [0-9a-f]{64}
serper | Serper key | serper | [0-9a-f]{40}
qdrant | Qdrant key | qdrant | [A-Za-z0-9_-]{40,80}
weaviate | Weaviate key | weaviate | [A-Za-z0-9]{36,40}
clarifai | Clarifai token | clarifai | [0-9a-f]{32}
privateai | Private AI key | private_ai, privateai, private-ai | [a-z0-9]{32}
novita | Novita key | novita | sk_[A-Za-z0-9_-]{43}
baseten | Baseten key | baseten | [A-Za-z0-9]{8}\.[A-Za-z0-9]{32}
litellm | LiteLLM virtual key | litellm | sk-[A-Za-z0-9_-]{22}
lambda_cloud | Lambda Cloud key | lambda_cloud, lambda_api, lambdalabs, lambda_labs | \
    secret_[a-z0-9_]{5,40}_[0-9a-f]{32}\.[A-Za-z0-9]{32}
modal | Modal token | modal | a[ks]-[A-Za-z0-9]{22}
langchain | LangChain key | langchain | ls__[0-9a-f]{32}
exa | Exa key | exa_api | <uuid>
hyperbolic | Hyperbolic token | hyperbolic | ey[A-Za-z0-9_.-]{60,400}
sambanova | SambaNova key | sambanova | <uuid>
minimax | MiniMax group key | minimax | ey[A-Za-z0-9_.-]{60,900}
volcengine | Volcengine Ark key | volcengine, volc, ark_api | <uuid>
deepl | DeepL key | deepl | <uuid>(?::fx)?
brave_search | Brave Search key | brave | BSA[A-Za-z0-9_-]{28}
comet | Comet key | comet, opik | [A-Za-z0-9]{25}
unstructured | Unstructured key | unstructured | [A-Za-z0-9]{30}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
