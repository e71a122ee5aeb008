package io.numa.avatar.backend.internal.call;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.http.AnswerVerdict;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each answer of a backend, or of a proxy in front of it, means for each kind of call.
 *
 * <p>What is final for the request only: a look-up or a claim is no verdict on the task, so its
 * message comes again; a report is left out, and the next one is sent.
 */
final class AnswerTable {
  /** A success: the answer is what the call wants. */
  private static final Cell OK = new Cell(Optional.empty());

  private static final Cell PA = new Cell(Optional.of(AnswerVerdict.PASSING));
  private static final Cell RQ = new Cell(Optional.of(AnswerVerdict.FINAL_FOR_REQUEST));
  private static final Cell TK = new Cell(Optional.of(AnswerVerdict.FINAL_FOR_TASK));
  private static final Cell CR = new Cell(Optional.of(AnswerVerdict.CREDENTIALS));

  private static final Map<AnswerKind, Map<CallKind, Cell>> ROWS = new EnumMap<>(AnswerKind.class);

  static {
    //                              TOPIC POLL LOOK_UP APPL. CLAIM STATUS RENEWAL FIRST_LOG LOG V1
    row(AnswerKind.JSON, /*            */ OK, OK, OK, OK, OK, OK, OK, OK, OK, OK);
    row(AnswerKind.WRONG_SHAPE, /*     */ RQ, RQ, RQ, RQ, OK, OK, OK, OK, OK, RQ);
    row(AnswerKind.EMPTY, /*           */ PA, OK, PA, PA, OK, OK, OK, OK, OK, PA);
    row(AnswerKind.PAGE, /*            */ PA, PA, PA, PA, PA, PA, PA, PA, PA, PA);
    row(AnswerKind.OTHER_BODY, /*      */ PA, PA, PA, PA, OK, OK, OK, OK, OK, PA);
    row(AnswerKind.CUT, /*             */ PA, PA, PA, PA, OK, OK, OK, OK, OK, PA);
    row(AnswerKind.TOO_LARGE, /*       */ RQ, RQ, TK, TK, OK, OK, OK, OK, OK, TK);
    row(AnswerKind.REDIRECTION, /*     */ RQ, RQ, RQ, RQ, RQ, PA, PA, PA, PA, RQ);
    row(AnswerKind.UNAUTHORIZED, /*    */ CR, CR, CR, CR, CR, CR, CR, CR, CR, CR);
    row(AnswerKind.MISSING, /*         */ RQ, RQ, TK, TK, TK, RQ, RQ, RQ, RQ, TK);
    row(AnswerKind.NO_ROUTE, /*        */ RQ, RQ, TK, TK, TK, RQ, RQ, RQ, RQ, RQ);
    row(AnswerKind.MISSING_PAGE, /*    */ RQ, RQ, TK, TK, TK, PA, PA, RQ, PA, RQ);
    row(AnswerKind.NO_METHOD, /*       */ RQ, RQ, RQ, RQ, RQ, PA, PA, RQ, PA, RQ);
    row(AnswerKind.TAKEN, /*           */ RQ, RQ, RQ, RQ, TK, TK, TK, TK, TK, RQ);
    row(AnswerKind.TOO_LONG, /*        */ RQ, RQ, RQ, RQ, RQ, RQ, RQ, RQ, RQ, RQ);
    row(AnswerKind.REFUSED, /*         */ RQ, RQ, RQ, RQ, RQ, RQ, RQ, RQ, RQ, RQ);
    row(AnswerKind.REFUSED_BY_PROXY, /**/ RQ, RQ, RQ, RQ, RQ, PA, PA, PA, PA, RQ);
    row(AnswerKind.BUSY, /*            */ PA, PA, PA, PA, PA, PA, PA, PA, PA, PA);
    row(AnswerKind.AWAY, /*            */ PA, PA, PA, PA, PA, PA, PA, PA, PA, PA);
    row(AnswerKind.FAULTY, /*          */ PA, PA, PA, PA, PA, PA, PA, PA, PA, PA);
  }

  private AnswerTable() {}

  private record Cell(Optional<AnswerVerdict> verdict) {}

  private static void row(AnswerKind answer, Cell... byCall) {
    Map<CallKind, Cell> cells = new EnumMap<>(CallKind.class);
    Iterator<Cell> next = List.of(byCall).iterator();
    for (CallKind call : CallKind.values()) {
      cells.put(call, next.next());
    }
    ROWS.put(answer, cells);
  }

  /** The verdict on an answer; empty if it is a success. */
  static Optional<AnswerVerdict> verdict(CallKind call, AnswerKind answer) {
    return requireNonNull(requireNonNull(ROWS.get(answer), "a row for each answer").get(call))
        .verdict();
  }
}
