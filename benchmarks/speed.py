"""How many replies a second the reader reads, beside well-known tools on the same texts in the same run.

    python -m benchmarks.speed [--replies N] [--json]

Texts are replies of our own corpus with the lines before them. Each tool runs on one core; the reader on two as well.
`in context` is what one reply of a conversation costs, its client's line not seen before included. Cold start is a
fresh process that reads its first reply. Other tools: VADER (where vaderSentiment is installed), NLTK's Treebank
tokenizer with the Porter stemmer, and NLTK's PerceptronTagger, whose own weights need a download: here it is trained on
the spot, on a sentence.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import Any

from benchmarks.corpus import Coded, load
from simulator.catalogue.types import Heard
from simulator.language import read, warm_up

COLD = """
import time
began = time.perf_counter()
from simulator.language import read
read("Hello.")
print(time.perf_counter() - began)
"""
STARTS = 5
"""Cold starts measured; the median counts."""

TAGGED = [[("They", "PRP"), ("cut", "VBD"), ("my", "PRP$"), ("nights", "NNS"), ("in", "IN"), ("March", "NNP")]]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replies", type=int, default=2000, help="replies to read (default: 2000)")
    parser.add_argument("--json", action="store_true", help="print an object for a program")
    chosen = parser.parse_args()
    corpus = load()[: chosen.replies]
    rows = dict(measured(corpus))
    words = statistics.mean(len(one.reply.split()) for one in corpus)
    if chosen.json:
        print(json.dumps({"replies": len(corpus), "mean_words": round(words, 1), **rows}, indent=1))
        return
    print(f"{len(corpus)} replies, {words:.1f} words on average")
    for name, value in rows.items():
        print(f"{name:<44}{value:>12,.2f}")


def measured(corpus: Sequence[Coded]) -> Iterator[tuple[str, float]]:
    """Each figure with its name."""
    warm_up()
    texts = [one.reply for one in corpus]
    for one in corpus:  # once for the caches of words and compiled patterns, as in a session under way
        read(one.reply)
    yield "reader, replies a second, one core", _rate(read, texts)
    yield "reader in context, replies a second", len(corpus) / sum(taken := [_timed(one) for one in corpus])
    yield "reader in context, median ms", 1000 * statistics.median(taken)
    yield "reader in context, p99 ms", 1000 * statistics.quantiles(taken, n=100)[98]
    yield "reader, replies a second, two cores", _two_cores(texts)
    for name, tool in _others():
        yield f"{name}, replies a second, one core", _rate(tool, texts)
    yield "cold start ms, median", 1000 * statistics.median(_cold() for _ in range(STARTS))


def _rate(tool: Callable[[str], Any], texts: Sequence[str]) -> float:
    began = time.perf_counter()
    for text in texts:
        tool(text)
    return len(texts) / (time.perf_counter() - began)


def _timed(one: Coded) -> float:
    heard: Heard = one.heard
    began = time.perf_counter()
    read(one.reply, heard)
    return time.perf_counter() - began


def _two_cores(texts: Sequence[str]) -> float:
    with ProcessPoolExecutor(2, initializer=warm_up) as pool:
        list(pool.map(_read_all, _batches(texts)))  # both have started and seen the words
        began = time.perf_counter()
        list(pool.map(_read_all, _batches(texts)))
        return len(texts) / (time.perf_counter() - began)


def _batches(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(texts)
    while batch := tuple(islice(rest, 200)):
        yield batch


def _read_all(texts: Sequence[str]) -> None:
    for text in texts:
        read(text)


def _others() -> Iterator[tuple[str, Callable[[str], Any]]]:
    from nltk.stem import PorterStemmer
    from nltk.tag.perceptron import PerceptronTagger
    from nltk.tokenize import TreebankWordTokenizer

    with suppress(ImportError):
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        yield "VADER", SentimentIntensityAnalyzer().polarity_scores
    split, stem = TreebankWordTokenizer().tokenize, PorterStemmer().stem
    yield "NLTK Treebank and Porter", lambda text: [stem(word) for word in split(text)]
    tagger = PerceptronTagger(load=False)
    tagger.train(TAGGED, nr_iter=1)
    yield "NLTK PerceptronTagger", lambda text: tagger.tag(split(text))


def _cold() -> float:
    return float(subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
