"""Identifiers of people and taxpayers in the Americas, from Canada to the River Plate.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
CA_SIN | Canadian social insurance number | \d{3}[ -]?\d{3}[ -]?\d{3} | ca.sin varied | 356558 817 | \
    sin, sin number, sin no, social insurance number, social insurance, nas, numéro d'assurance sociale, \
    assurance sociale
CA_BN | Canadian business number | \d{9}(?: ?R[CMPTRZ] ?\d{4})? | ca.bn varied | 377537055 | business \
    number, bn, gst number, hst number, gst/hst, numéro d'entreprise
MX_NSS | Mexican social security number | \d{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{4}[ -]?\d | mx_nss | 65 34-34 \
    33663 | nss, número de seguro social, número de seguridad social, imss, seguro social
BR_CPF | Brazilian taxpayer number (CPF) | \d{3}\.?\d{3}\.?\d{3}[ -]?\d{2} | br.cpf varied | \
    375.985.97049 | cpf, cpf/mf, c.p.f, contribuinte
BR_CNPJ | Brazilian company number (CNPJ) | \d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2} | br.cnpj varied | \
    89115.705532178 | cnpj, cnpj/mf, empresa
BR_RG | Brazilian identity card number (RG) | \d{1,2}\.?\d{3}\.?\d{3}-?[\dX] | varied | 8151.6150 | rg, \
    r.g., registro geral, carteira de identidade, identidade
BR_PIS | Brazilian social integration number (PIS/PASEP/NIT) | \d{3}\.?\d{5}\.?\d{2}-?\d | br_pis varied \
    | 4615406215-2 | pis, pasep, pis/pasep, nis, nit, previdência
BR_CNH | Brazilian driver's licence | \d{11} | varied | 35708718128 | cnh, carteira de motorista, \
    carteira nacional de habilitação, habilitação
BR_VOTER_ID | Brazilian voter's title | \d{4} ?\d{4} ?\d{4} | br_voter varied | 47317024 1988 | título \
    de eleitor, título eleitoral, inscrição eleitoral
AR_DNI | Argentine identity number | \d{1,2}\.?\d{3}\.?\d{3} | ar.dni varied | 82.248.618 | dni, d.n.i., \
    documento nacional, documento, nro de documento
AR_CUIT | Argentine tax number (CUIT, CUIL) | (?:2[034567]|3[034])-?\d{8}-?\d | ar.cuit varied | \
    34146627499 | cuit, cuil, c.u.i.t., c.u.i.l.
CL_RUT | Chilean national and tax number | \d{1,2}\.?\d{3}\.?\d{3}-?[\dK] | cl.rut varied | 11.669434-4 \
    | rut, r.u.t., r.u.n., rol único, cédula de identidad
CO_CEDULA | Colombian citizen's number | \d{1,3}(?:\.?\d{3}){2,3} | co_nuip | 5.129316 | cédula de \
    ciudadanía, cedula de ciudadania, c.c., cc, nuip, cédula, tarjeta de identidad
CO_NIT | Colombian tax number | \d{3}\.?\d{3}\.?\d{3}-?\d | co.nit varied | 031.569739-1 | nit, n.i.t.
PE_DNI | Peruvian identity number | \d{8}(?:-[\dA-K])? | varied | 36030666-A | dni, documento nacional \
    de identidad, cui peru, reniec
PE_RUC | Peruvian taxpayer number | (?:10|15|16|17|20)\d{9} | pe.ruc | 20364061081 | ruc, r.u.c., sunat
EC_CEDULA | Ecuadorian identity number | \d{9}-?\d | ec.ci varied | 2328339714 | cédula, cedula, c.i., \
    cédula de identidad, cédula de ciudadanía
EC_RUC | Ecuadorian taxpayer number | \d{13} | ec.ruc | 0668961610071 | ruc, r.u.c., sri
VE_CEDULA | Venezuelan identity number | [VE]-? ?\d{1,2}\.?\d{3}\.?\d{3} | ve_cedula | E- 0541743 | \
    cédula, cedula, c.i., cédula de identidad
VE_RIF | Venezuelan tax number | [VEJPG]-?\d{8}-?\d | ve.rif | G-225130959 | rif, r.i.f., registro de \
    información fiscal
UY_CEDULA | Uruguayan identity number | \d\.?\d{3}\.?\d{3}-?\d | uy_ci | 8817.295-6 | cédula, cedula, \
    c.i., cédula de identidad
PY_RUC | Paraguayan taxpayer number | \d{5,8}-\d | py.ruc | 0003134-8 | ruc, r.u.c.
BO_CI | Bolivian identity number | \d{6,8}(?:-\d[A-Z])?(?: ?(?:LP|CB|SC|OR|PT|CH|TJ|BE|PD|BN|PA))? | \
    varied | 1934339 BN | cédula de identidad, c.i., carnet de identidad, segip
CR_CEDULA | Costa Rican identity number | [1-9]-?\d{4}-?\d{4} | varied | 1-0913-0259 | cédula, cedula, \
    cédula de identidad, cédula física
DO_CEDULA | Dominican identity number | \d{3}-?\d{7}-?\d | do.cedula varied | 7461558781-8 | cédula, \
    cedula, cédula de identidad, jce
GT_NIT | Guatemalan tax number | \d{2,8}-?[\dK] | gt.nit | 747904 | nit, n.i.t.
SV_DUI | Salvadoran identity number | \d{8}-\d | sv_dui | 49536144-5 | dui, documento único de \
    identidad, documento único
HN_RTN | Honduran identity and tax number | (?:0[1-9]|1[0-8])\d{2}-?(?:19|20)\d{2}-?\d{5,6} | varied | \
    0433-2093-68198 | rtn, identidad, número de identidad, dni
CU_NI | Cuban identity number | \d{11} | cu.ni | 77100724511 | carné de identidad, carnet de identidad, \
    número de identidad
"""
_BY_SHAPE = r"""
MX_CURP | Mexican population registry code (CURP) | \
    [A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d | \d{6}[hmx][a-z]{5} | mx.curp \
    | FUGG761113MDFDGF34 | curp, c.u.r.p., clave única, registro de población | 0.9
MX_RFC | Mexican taxpayer number (RFC) | [A-ZÑ&]{3,4}-?\d{6}-?[0-9A-Z]{2}[0-9A] | \
    [a-z&]-?\d{6}-?[0-9a-z]{3} | mx.rfc | CTMS-650730-VA1 | rfc, r.f.c., registro federal | 0.6
BR_CPF | Brazilian taxpayer number (CPF) | \d{3}\.\d{3}\.\d{3}-\d{2} | \d{3}\.\d{3}\.\d{3}-\d\d | br.cpf \
    varied | 146.782.315-52 | cpf, cpf/mf, c.p.f, contribuinte | 0.85
BR_CNPJ | Brazilian company number (CNPJ) | \d{2}\.\d{3}\.\d{3}/\d{4}-\d{2} | \
    \d\.\d{3}\.\d{3}/\d{4}-\d\d | br.cnpj varied | 19.430.690/2257-34 | cnpj, cnpj/mf, empresa | 0.85
AR_CUIT | Argentine tax number (CUIT, CUIL) | (?:2[034567]|3[034])-\d{8}-\d | [23]\d-\d{8}-\d | ar.cuit \
    varied | 33-60709036-5 | cuit, cuil, c.u.i.t., c.u.i.l. | 0.75
CL_RUT | Chilean national and tax number | \d{1,2}\.\d{3}\.\d{3}-[\dK] | \d\.\d{3}\.\d{3}-[\dk] | cl.rut \
    varied | 8.388.106-2 | rut, r.u.t., r.u.n., rol único, cédula de identidad | 0.8
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
