"""Identifiers of people and taxpayers in Spain, Portugal, Italy, Greece, Malta and Cyprus.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
ES_NIF | Spanish identity and tax number (DNI, NIF) | \d{1,2}\.?\d{3}\.?\d{3}[ .-]?[A-Z] | es_nif | \
    14001.253A | dni, nif, d.n.i, n.i.f, dni/nif, dni/nie, documento nacional de identidad, documento de \
    identidad
ES_NIE | Spanish foreigner's number (NIE) | [XYZ][ .-]?\d{7}[ .-]?[A-Z] | es.nie | Y 9030436 Y | nie, \
    n.i.e, dni, dni/nie, número de identidad de extranjero, extranjero
ES_CIF | Spanish company tax number (CIF) | [ABCDEFGHJNPQRSUVW][ -]?\d{7}[ -]?[0-9A-J] | es.cif | Q \
    8125402-1 | cif, c.i.f, nif, identificación fiscal
ES_NSS | Spanish social security number | \d{2}[ /-]?\d{8}[ /-]?\d{2} | es_nss | 488271546985 | \
    seguridad social, número de la seguridad social, número de seguridad social, afiliación, nss, nuss, \
    nass, naf, n.a.s.s
ES_PASSPORT | Spanish passport number | [A-Z]{3}\d{6}[A-Z]? | varied | YZV607463L | pasaporte, número de \
    pasaporte, pasaporte n
PT_NIF | Portuguese taxpayer number | \d{3} ?\d{3} ?\d{3} | pt.nif varied | 539 764779 | nif, \
    contribuinte, n.º de contribuinte, número de contribuinte, número fiscal, nipc
PT_CC | Portuguese citizen card number | \d{8} ?\d ?[A-Z0-9]{2}\d | pt.cc | 371983292 XJ7 | cartão de \
    cidadão, cc, cartão do cidadão, bilhete de identidade, número de identificação civil, nic
PT_NISS | Portuguese social security number | [12]\d{10} | pt_niss | 27085030464 | niss, segurança \
    social, número de segurança social, n.º de segurança social
IT_FISCAL_CODE | Italian tax code (codice fiscale) | \
    [A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z] | it.codicefiscale | \
    TFNCBB70E01H501K | codice fiscale, c.f., cf, cod. fisc, cod.fisc | 0.9 | 32
IT_VAT_CODE | Italian VAT number (partita IVA) | (?:IT ?)?\d{11} | it.iva varied | 14557560761 | partita \
    iva, p.iva, p. iva, piva, p.i., vat, vat no, vat number
IT_IDENTITY_CARD | Italian identity card number | C[A-Z]\d{5}[A-Z]{2}|A[A-Z] ?\d{7}|\d{7}[A-Z]{2} | \
    varied | CQ89508OA | carta d'identità, carta di identità, carta d'identita, c.i., documento \
    d'identità, carta identità
IT_PASSPORT | Italian passport number | [A-Z]{2}\d{7} | varied | YH8794696 | passaporto, numero di \
    passaporto, n. passaporto, passaporto n
IT_DRIVER_LICENSE | Italian driving licence number | [A-Z]{2}\d{7}[A-Z]|U1[0-9A-Z]{7}[A-Z] | varied | \
    SL5153080M | patente, patente di guida, numero patente, n. patente | 0.75 | 32
GR_AFM | Greek tax number | (?:EL ?)?\d{9} | gr.vat varied | 646214943 | αφμ, α.φ.μ, α.φ.μ., αριθμός \
    φορολογικού μητρώου, afm
GR_AMKA | Greek social security number | \d{6} ?\d{5} | gr.amka | 220177 43588 | αμκα, α.μ.κ.α, amka, \
    αριθμός μητρώου κοινωνικής ασφάλισης
GR_ID_CARD | Greek identity card number | [ABEZHIKMNOPTYX]{1,2}[ -]?\d{6} | varied | B 255298 | \
    ταυτότητα, ταυτότητας, δελτίο ταυτότητας, αριθμός ταυτότητας, αδτ, α.δ.τ
MT_ID_CARD | Maltese identity card number | \d{3,7}[MGAPLHBZ] | varied | 45652P | identity card, id \
    card, karta tal-identità, id no
CY_TIC | Cypriot tax number | \d{8}[A-Z] | cy.vat | 77577760F | tic, tax identification code, αφτ, φπα, \
    vat
"""
_BY_SHAPE = r"""
ES_NIF | Spanish identity and tax number (DNI, NIF) | \d{8}-?[A-HJ-NP-TV-Z] | \d{8}-?[a-z]\b | es_nif | \
    02972361W | dni, nif | 0.6
ES_NIE | Spanish foreigner's number (NIE) | [XYZ]-?\d{7}-?[A-HJ-NP-TV-Z] | \d{7}-?[a-z]\b | es.nie | \
    Y-6965754-B | nie | 0.75
IT_FISCAL_CODE | Italian tax code (codice fiscale) | \
    [A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z] | \
    \d\d[a-ehlmpr-t]\d\d[a-z]\d{3}[a-z] | it.codicefiscale | TFNCBB70E01H501K | codice fiscale, c.f., cf \
    | 0.95
PT_CC | Portuguese citizen card number | \d{8} \d [A-Z]{2}\d | \d{8} \d [a-z]{2}\d | pt.cc | 95048260 1 \
    PJ4 | cartão de cidadão, cc | 0.8
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
