"""Every act leaves a row that nobody can change: operations record, and record what they say."""

import ast
from collections import defaultdict
from pathlib import Path

from coop.audit.rules import AuditTag
from tests.house.tree import ROOT, Function, called, files, functions, layer, named, parsed

RECORDING = {"record", "record_all", "record_read", "lengthen"}

# An operation that records nothing itself is named here with the reason.
RECORDED_BY_THE_CALLER = {
    "coop.audit.operations.sealed": "writes nothing",
    "coop.audit.operations.lock_head": "takes the place in the chain that record fills",
    "coop.buyers.operations.acts.must_know": "writes nothing",
    "coop.buyers.operations.acts.open_act": "part of an act that its caller records",
    "coop.buyers.operations.acts.replayed": "writes nothing",
    "coop.buyers.operations.own.keep_receipt": "part of an act that its caller records",
    "coop.buyers.operations.versions.carry_numbers": "part of an act that its caller records",
    "coop.buyers.operations.versions.take_over": "part of an act that its caller records",
    "coop.buyers.operations.versions.write_suspension": "part of an act that its caller records",
    "coop.buyers.operations.versions.write_version": "part of an act that its caller records",
    "coop.community.operations.keeping.begin_act": "part of an act that its caller records",
    "coop.identity.operations.passwords.hash_password": "writes nothing",
    "coop.identity.operations.passwords.password_matches": "writes nothing",
    "coop.identity.operations.sessions.begin_try": "its outcome is recorded by sign_in",
    "coop.identity.operations.sessions.pass_try": "its outcome is recorded by sign_in",
    "coop.identity.operations.sessions.use_code": "its outcome is recorded by sign_in",
    "coop.identity.operations.sessions.end_session": "part of an act that its caller records",
    "coop.identity.operations.sessions.end_sessions": "part of an act that its caller records",
    "coop.identity.operations.sessions.purge_sign_ins": "drops what may be kept no longer",
    "coop.ledger.operations.next_number": "part of an act that its caller records",
    "coop.ledger.operations.post_journal": "part of an act that its caller records",
    "coop.livelihoods.operations.once.sent_before": "part of an act that its caller records",
    "coop.audit.operations.reads_of": "writes nothing",
    "coop.log.operations.evidence.evidence_of": "writes nothing",
    "coop.log.operations.integrate.integrate": "the log proves itself: coop log verify",
    "coop.log.operations.integrate.integrate_waiting": "the log proves itself: coop log verify",
    "coop.log.operations.integrate.keep_integrating": "the log proves itself: coop log verify",
    "coop.log.operations.serving.proof_of": "writes nothing",
    "coop.log.operations.serving.served_checkpoint": "writes nothing",
    "coop.members.operations.admit.book_of": "writes nothing",
    "coop.members.operations.admit.free_number": "writes nothing",
    "coop.members.operations.doubles.keep_pair": "a likeness to be decided; the decision is recorded",
    "coop.members.operations.doubles.keep_pairs": "likenesses to be decided; the decision is recorded",
    "coop.members.operations.doubles.keep_likely": "likenesses to be decided; the decision is recorded",
    "coop.members.operations.doubles.note_elsewhere": "a likeness to be decided by the agency",
    "coop.members.operations.end.take_back_end": "part of an act that its caller records",
    "coop.members.operations.once.answer": "remembers where a form led, for some days",
    "coop.members.operations.once.answered_before": "writes nothing",
    "coop.members.operations.erase.refusals_now": "writes nothing",
    "coop.members.operations.keys.refresh_keys": "worked out from what its caller recorded",
    "coop.members.operations.record.add_nominees": "part of an act that its caller records",
    "coop.members.operations.record.add_version": "part of an act that its caller records",
    "coop.ledger.operations.turn_pages": "sums of what is recorded, proved by ledger verify",
    "coop.payments.operations.cash.count_cash": "part of an act that its caller records",
    "coop.payments.operations.record.judged_money": "writes nothing",
    "coop.participation.operations.box.keep_words": "part of an act that its caller records",
    "coop.participation.operations.box.open_code": "an entry would say when somebody was here",
    "coop.participation.operations.box.put_in": "an entry would say when somebody was here",
    "coop.participation.operations.hearings.refusals_of_hearing": "writes nothing",
    "coop.receipts.operations.keys.signing_key": "writes nothing",
    "coop.receipts.operations.log_keys.log_signers": "writes nothing",
    "coop.receipts.operations.trust.list_in_force": "writes nothing",
    "coop.receipts.operations.trust.unsigned_list": "writes nothing",
    "coop.safeguarding.operations.once.keep_words": "part of an act that its caller records",
    "coop.safeguarding.operations.once.sent_before": "part of an act that its caller records",
    "coop.schooling.operations.erase.erase_children": "part of an act that its caller records",
    "coop.schooling.operations.erase.lift_marks": "part of an act that its caller records",
    "coop.schooling.operations.keep.keep_answers": "part of an act that its caller records",
    "coop.schooling.operations.keep.keep_children": "part of an act that its caller records",
    "coop.schooling.operations.keep.keep_guardians": "part of an act that its caller records",
    "coop.schooling.operations.once.sent_before": "part of an act that its caller records",
    "coop.sales.operations.dispatch.stands": "writes nothing",
    "coop.sales.operations.keeping.answered": "writes nothing",
    "coop.sales.operations.keeping.keep": "part of an act that its caller records",
    "coop.sales.operations.moving.move": "part of an act that its caller records",
    "coop.sales.operations.moving.post_lot": "part of an act that its caller records",
    "coop.schemes.operations.once.taken_before": "part of an act that its caller records",
    "coop.weighing.operations.answer.answers": "writes nothing",
}


def _in_operations(path: Path) -> bool:
    return path in set(layer("operations"))


def _statements_that_chain(path: Path) -> set[str]:
    """The module's constants that are SQL and write the audit chain."""
    found = set()
    for node in parsed(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            texts = [
                part.value
                for part in ast.walk(node.value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if any("INTO audit_entry" in text for text in texts):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def _recording() -> set[str]:
    """Names of functions that record, themselves or by one that they call."""
    everything = [function for path in files(".py", under="coop") for function in functions(path)]
    calls: dict[str, set[str]] = defaultdict(set)
    recording = set(RECORDING)
    for function in everything:
        if not _in_operations(function.path):
            continue
        calls[function.node.name] |= called(function)
        if named(function.node) & _statements_that_chain(function.path):
            recording.add(function.node.name)
    while True:
        more = {name for name, called_ in calls.items() if called_ & recording} - recording
        if not more:
            return recording
        recording |= more


def _public_operations() -> list[Function]:
    return [
        Function(path, node)
        for path in layer("operations")
        for node in parsed(path).body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]


def test_every_operation_records_what_it_did() -> None:
    """Call ``record(tx, AuditTag.X, ...)`` in the transaction of the act."""
    operations = _public_operations()
    recording = _recording()
    assert len(operations) > 20
    silent = {f.name for f in operations if f.node.name not in recording}
    silent -= set(RECORDED_BY_THE_CALLER)
    assert not silent, f"record an AuditTag, or say in this file who does: {sorted(silent)}"


def test_reasons_are_of_operations_that_exist_and_need_them() -> None:
    """A reason that nobody needs any more is taken out."""
    recording = _recording()
    needed = {f.name for f in _public_operations() if f.node.name not in recording}
    stale = set(RECORDED_BY_THE_CALLER) - needed
    assert not stale, f"take out of RECORDED_BY_THE_CALLER: {sorted(stale)}"


def test_every_tag_is_recorded_somewhere() -> None:
    """A tag that no act records promises a trail that is not there."""
    used = {
        node.attr
        for path in files(".py", under="coop")
        if path != ROOT / "coop" / "audit" / "rules.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "AuditTag"
    }
    unused = {tag.name for tag in AuditTag} - used
    assert not unused, f"record them or take them out of coop/audit/rules.py: {sorted(unused)}"


def test_tags_are_named_domain_and_deed() -> None:
    """`sale:recorded`: what, and what was done; two tags never share a label."""
    labels = [tag.label for tag in AuditTag]
    assert len(labels) == len(set(labels))
    assert not [label for label in labels if len(label.split(":")) != 2]
