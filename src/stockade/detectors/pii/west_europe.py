"""Identifiers of people and taxpayers in France, Germany, Austria, Switzerland and the Low Countries.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
FR_NIR | French social security number (NIR) | [1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) \
    ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})? | fr_nir | 8 15 44 21858 232 | nir, insee, numéro de \
    sécurité sociale, sécurité sociale, sécu, n° sécu, n° ss, carte vitale
FR_NIF | French tax number (SPI) | [0-3]\d ?\d{2} ?\d{3} ?\d{3} ?\d{3} | fr.nif varied | 1785642421 444 \
    | numéro fiscal, spi, numéro spi, référence fiscale, identifiant fiscal, nif
FR_CNI | French identity card number | \d{12}|[A-Z0-9]{9} | fr_cni | 871982402706 | carte d'identité, \
    carte nationale d'identité, cni, n° cni, numéro de cni, pièce d'identité | 0.75 | 32
FR_PASSPORT | French passport number | \d{2}[A-Z]{2}\d{5} | varied | 94UF55468 | passeport, numéro de \
    passeport, n° de passeport, passeport n
FR_SIREN | French company number (SIREN, SIRET) | \d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{5})? | fr_siren \
    varied | 891908105 | siren, siret, n° siret, n° siren, rcs, numéro siret
FR_DRIVER_LICENSE | French driving licence number | \d{12}|\d{2}[A-Z]{2}\d{5} | varied | 142060477615 | \
    permis de conduire, numéro de permis, n° de permis, permis
DE_TAX_ID | German tax identification number | \d{2} ?\d{3} ?\d{3} ?\d{3} | de.idnr | 34027 601058 | \
    steuer-id, steuerid, steuer-idnr, steueridentifikationsnummer, steuer-identifikationsnummer, \
    steuerliche identifikationsnummer, idnr, id-nr, identifikationsnummer
DE_TAX_NUMBER | German tax number of an office | \d{2,3}[ /]\d{3,4}[ /]\d{4,5} | varied | 182/4646 49908 \
    | steuernummer, steuer-nr, steuernr, st.-nr, st-nr, stnr, finanzamt
DE_VAT_ID | German VAT number | (?:DE ?)?\d{3} ?\d{3} ?\d{3} | de.vat varied | 734 065625 | ust-id, \
    ust-idnr, ust-id-nr, ustid, umsatzsteuer-id, umsatzsteuer-identifikationsnummer, vat id, vat no, vat \
    number
DE_SOCIAL_SECURITY | German pension insurance number | \d{2} ?\d{6} ?[A-Z] ?\d{3} | de_pension | \
    42510863X360 | rentenversicherungsnummer, rvnr, rv-nummer, rentenversicherung, \
    sozialversicherungsnummer, sozialversicherungs-nr, sv-nummer, svnr, sv-nr, versicherungsnummer
DE_ID_CARD | German identity card number | [CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d?(?:D)? | \
    de_document | H73NR0ZF4D | personalausweis, personalausweisnummer, ausweisnummer, ausweis-nr, \
    ausweis | 0.75 | 32
DE_PASSPORT | German passport number | [CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}\d?(?:D)? | de_document | \
    K851NJ87N | reisepass, reisepassnummer, pass-nr, passnummer, pass nr | 0.75 | 32
DE_DRIVER_LICENSE | German driving licence number | [A-Z]\d{2}[0-9A-Z]{6}\d[0-9A-Z] | varied | \
    E13RBVFXT5K | führerschein, führerscheinnummer, führerschein-nr, fahrerlaubnis
DE_COMMERCIAL_REGISTER | German commercial register number | HR ?[AB] ?\d{1,6}(?: ?[A-Z]{1,2})? | \
    register | HRB 120412 | handelsregister, amtsgericht, hrb, hra, registergericht, hr b | 0.75 | 32
AT_SVNR | Austrian social insurance number | [1-9]\d{3} ?\d{6} | at.vnr | 7025 211527 | \
    sozialversicherungsnummer, svnr, sv-nummer, sv-nr, versicherungsnummer, ecard, e-card
AT_TAX_NUMBER | Austrian tax number | \d{2}-?\d{3}/?\d{4} | at.tin | 229352307 | steuernummer, \
    abgabenkontonummer, st.-nr, steuer-nr, finanzamt
AT_VAT_ID | Austrian VAT number | ATU ?\d{8} | at.uid | ATU14976757 | uid, uid-nummer, uid-nr, ust-id, \
    ust-idnr, umsatzsteuer, vat
CH_AHV | Swiss social security number | 756\.?\d{4}\.?\d{4}\.?\d{2} | ch.ssn | 756.4698588651 | ahv, \
    ahv-nummer, ahv-nr, avs, numéro avs, avs-nr, sozialversicherungsnummer
CH_UID | Swiss business number | CHE[ -]?\d{3}\.?\d{3}\.?\d{3} | ch.uid | CHE-271625166 | uid, mwst, \
    tva, iva, unternehmens-id, ide
BE_NATIONAL_NUMBER | Belgian national number | \d{2}\.?\d{2}\.?\d{2}[ -]?\d{3}[ .-]?\d{2} | be.nn | \
    77.0046-368.63 | rijksregisternummer, rijksregister, numéro national, registre national, niss, insz, \
    nationalnummer
BE_ENTERPRISE_NUMBER | Belgian enterprise number | (?:BE ?)?[01]\d{3}\.?\d{3}\.?\d{3} | be.vat | BE \
    0761.671.912 | ondernemingsnummer, kbo, btw, numéro d'entreprise, bce, tva, vat
BE_ID_CARD | Belgian identity card number | \d{3}-?\d{7}-?\d{2} | be.eid | 572234237030 | \
    identiteitskaart, eid, kaartnummer, carte d'identité belge, e-id
NL_BSN | Dutch citizen service number | \d{4}[. ]?\d{2}[. ]?\d{3} | nl.bsn varied | 080605230 | bsn, \
    burgerservicenummer, sofinummer, sofi-nummer, sofi, citizen service number
NL_ID_CARD | Dutch passport or identity card number | [A-NP-Z]{2}[A-NP-Z0-9]{6}\d | nl_document | \
    EM0MUHYE9 | paspoortnummer, paspoort, identiteitskaart, id-kaart, documentnummer, identiteitsbewijs \
    | 0.75 | 32
NL_VAT | Dutch VAT number | (?:NL ?)?\d{9} ?B ?\d{2} | nl.btw | 194101101B 47 | btw, btw-nummer, btw-id, \
    btw nr, vat, vat no
NL_DRIVER_LICENSE | Dutch driving licence number | [35]\d{9} | varied | 5756257914 | rijbewijs, \
    rijbewijsnummer
LU_NATIONAL_ID | Luxembourg national identification number | \
    (?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{5} | lu_matricule | 1953101651296 | \
    matricule, numéro d'identification national, ccss, matricule national, numéro de matricule
"""
_BY_SHAPE = r"""
FR_NIR | French social security number (NIR) | [1-478] \d{2} (?:0[1-9]|1[0-2]|[2-9]\d) (?:\d{2}|2[AB]) \
    \d{3} \d{3} \d{2} | \d \d\d \d\d [\d ][\dab] \d{3} \d{3} \d\d | fr_nir | 1 96 09 89 792 149 21 | \
    nir, insee, sécurité sociale, sécu, carte vitale | 0.9
FR_NIR | French social security number (NIR) | [12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{8} | \
    [12]\d{4}[\dab]{2}\d{8} | fr_nir | 202347784799490 | nir, insee, sécurité sociale, sécu, carte \
    vitale | 0.7
CH_AHV | Swiss social security number | 756\.\d{4}\.\d{4}\.\d{2} | 756\.\d{4}\.\d{4} | ch.ssn | \
    756.8669.1856.34 | ahv, avs | 0.95
CH_UID | Swiss business number | CHE-\d{3}\.\d{3}\.\d{3} | che-\d{3}\.\d{3} | ch.uid | CHE-773.862.550 | \
    uid, mwst, tva, iva | 0.9
BE_NATIONAL_NUMBER | Belgian national number | \d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2} | \
    \d\d\.\d\d\.\d\d-\d{3}\.\d\d | be.nn | 07.06.37-949.70 | rijksregisternummer, numéro national | 0.9
DE_SOCIAL_SECURITY | German pension insurance number | \d{2} \d{6} [A-Z] \d{3} | \d\d \d{6} [a-z] \d{3} \
    | de_pension | 45 221207 Q 946 | rentenversicherung, sozialversicherungsnummer | 0.75
AT_VAT_ID | Austrian VAT number | ATU\d{8} | atu\d{8} | at.uid | ATU80533308 | uid, ust-id, vat | 0.85
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
