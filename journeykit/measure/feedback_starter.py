"""A codebook to begin with: the five pain categories, in words of four languages.

It is a beginning, not a measure: a team strikes what misleads in its field and adds
what its customers say. The share "not assigned" tells how far that has come.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.errors import UnknownNameError
from journeykit.model.codebook import Codebook, Theme
from journeykit.vocabulary import PAIN_CATEGORIES

__all__ = ["STARTER_LANGUAGES", "starter_codebook"]

STARTER_LANGUAGES = ("en", "de", "fr", "es")
"""Languages of the starter, by two letters."""

# Category to language to words; after "|" stand those within which a word is not meant.
_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "confusing_navigation": {
            "en": "confus*, signage, signpost*, hard to find, could not find, "
            "couldn't find, can't find, cannot find, difficult to find, "
            "difficult navigation, get lost, got lost, where to go, find my "
            "way, not intuitive, unintuitive, hard to navigate, difficult to "
            "navigate",
            "de": "verwirr*, unübersichtlich*, beschilder*, wegweis*, ausschilder*, "
            "nicht gefunden, schwer zu finden, nicht zu finden, findet man "
            "nicht, verlaufen, verirrt, umständlich*",
            "fr": "confus, confuse*, confusion*, signalétique, difficile à trouver, "
            "pas trouvé, impossible de trouver, introuvable*, se perdre, "
            "perdu*, pas intuitif, peu intuitif",
            "es": "confus*, señaliz*, difícil de encontrar, no encontré, no "
            "encuentro, no se encuentra, perdido, perdida, perdidos, "
            "perderse, poco intuitiv*",
        },
        "long_waits": {
            "en": "wait*, queue*, queuing, long line*, lines are long, lines were "
            "long, slow*, delay*, took too long, takes too long, took "
            "forever, takes forever, hours late, on hold, backlog | waiter*, "
            "waitress*, can't wait, cannot wait, no wait, without waiting, "
            "slow down, wait staff",
            "de": "warte, warten, wartet*, gewartet, warteten, wartezeit*, "
            "*schlange*, langsam*, verspät*, verzöger*, *verzögerung*, dauert "
            "ewig, dauerte ewig, zu lange, stundenlang* | kaum erwarten, "
            "schlangenleder*",
            "fr": "attendre, attend*, attente*, attendu*, file, files, lent, "
            "lente*, lents, lenteur*, retard*, trop long*, des heures",
            "es": "espera, esperas, esperar, esperé, esperando, cola, colas, "
            "lento*, lenta*, lentitud, demora*, retraso*, retrasad*, "
            "demasiado tiempo",
        },
        "hard_to_reach_information": {
            "en": "no information, not informed, lack of information, more "
            "information, missing information, unclear, no answer*, no reply, "
            "never replied, no response, nobody told, no one told, not told, "
            "no update*, no announcement*, contradict*, outdated",
            "de": "keine information*, keine info*, nicht informiert, schlecht "
            "informiert, mehr information*, unklar*, keine antwort*, keine "
            "auskunft, keine rückmeldung, niemand sagt*, keine durchsage*, "
            "widersprüchlich*, veraltet*",
            "fr": "aucune information*, pas d'information*, manque d'information*, "
            "pas informé*, plus d'information*, pas clair*, aucune réponse, "
            "pas de réponse, sans réponse, aucune annonce, contradict*, "
            "obsolète*",
            "es": "sin información, falta de información, ninguna información, no "
            "informa*, más información, poco clar*, no queda claro, sin "
            "respuesta, ninguna respuesta, no responde*, contradictori*, "
            "desactualizad*",
        },
        "checkout_abandonment": {
            "en": "checkout, shopping cart, basket, payment*, paid twice, card "
            "declined, card was declined, voucher*, coupon*, discount code*, "
            "promo code*, shipping cost*, delivery cost*, hidden fee*, hidden "
            "cost*, place the order, place my order, complete the order, "
            "complete my order, gave up | checkout time",
            "de": "warenkorb, kasse, bezahlvorgang, zahlung*, zahlungsart*, "
            "kreditkarte abgelehnt, gutschein*, rabattcode*, versandkosten, "
            "versteckte kosten, bestellung abschließen, bestellung "
            "abgebrochen, aufgegeben",
            "fr": "panier*, caisse*, paiement*, carte refusée, code promo*, bon de "
            "réduction, frais de livraison, frais de port, frais cachés, "
            "valider la commande, finaliser la commande, abandonné*",
            "es": "carrito, caja, pago, pagos, tarjeta rechazada, cupón, cupones, "
            "código de descuento, código promocional, gastos de envío, costes "
            "ocultos, finalizar la compra, finalizar el pedido, abandoné",
        },
        "after_sales_support": {
            "en": "customer service, customer support, customer care, technical "
            "support, tech support, help desk, helpdesk, hotline, call "
            "centre, call center, return, returned, returns, refund*, "
            "warranty, guarantee*, repair*, replacement*, complain* | return "
            "flight*, return ticket*, return journey, return trip, will "
            "return, return again",
            "de": "kundendienst, kundenservice, kundenbetreuung, support, hotline, "
            "callcenter, rückgabe*, retoure*, reklam*, rücksend*, erstatt*, "
            "rückerstatt*, umtausch*, garantie*, gewährleistung*, reparatur*, "
            "ersatzteil*, beschwer*",
            "fr": "service client*, service après vente, sav, hotline, retourner, "
            "rembours*, échanger, garantie*, réparation*, réparer, "
            "remplacement*, réclam*, se plaindre, plainte*",
            "es": "atención al cliente, servicio al cliente, servicio postventa, "
            "devoluci*, devolver, reembols*, garantía*, reparaci*, "
            "reemplazo*, reclam*, queja*, quejar*",
        },
    }
)


def starter_codebook(*languages: str) -> Codebook:
    """Return a codebook to begin with: a theme for each pain category.

    Parameters
    ----------
    languages
        Languages of the comments: ``en``, ``de``, ``fr``, ``es``; all if none is named.
        Words of another language can mislead, so name those that are there.

    Returns
    -------
    Codebook
        Themes without stage: where they belong is the team's to say.

    Raises
    ------
    UnknownNameError
        If a language is not among those.

    Examples
    --------
    >>> [theme.key for theme in starter_codebook("en").themes][:2]
    ['confusing_navigation', 'long_waits']
    """
    for language in languages:
        if language not in STARTER_LANGUAGES:
            raise UnknownNameError("language", language, STARTER_LANGUAGES)
    chosen = languages or STARTER_LANGUAGES
    themes = []
    for key, label in PAIN_CATEGORIES.items():
        words: dict[str, None] = {}
        not_words: dict[str, None] = {}
        for language in chosen:
            meant, _, not_meant = _WORDS[key][language].partition("|")
            words |= dict.fromkeys(_listed(meant))
            not_words |= dict.fromkeys(_listed(not_meant))
        themes.append(
            Theme(
                key=key,
                label=label,
                words=tuple(words),
                not_words=tuple(not_words),
                category=key,
            )
        )
    return Codebook(themes=tuple(themes))


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
