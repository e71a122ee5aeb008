package io.numa.avatar.telemetry;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** The spans of a running attempt: its own, and that of its stage. Not thread-safe. */
final class OpenAttempt {
  private final Tracer tracer;
  private final AttemptId id;
  private final Span attempt;
  private final Context context;
  private Optional<Span> stage = Optional.empty();

  private OpenAttempt(Tracer tracer, AttemptId id, Span attempt) {
    this.tracer = tracer;
    this.id = id;
    this.attempt = attempt;
    this.context = Context.root().with(attempt);
  }

  /** Begins a trace. */
  static OpenAttempt begin(Tracer tracer, SpanText text, TaskId task, AttemptId id) {
    Span attempt =
        tracer
            .spanBuilder("attempt")
            .setNoParent()
            .setAttribute(Names.TASK, text.of(task))
            .setAttribute(Names.ATTEMPT, id.toString())
            .startSpan();
    return new OpenAttempt(tracer, id, attempt);
  }

  boolean is(AttemptId other) {
    return id.equals(other);
  }

  /** Ends the stage that runs, and begins another. */
  void enter(Stage next) {
    stage.ifPresent(Span::end);
    stage =
        Optional.of(
            tracer
                .spanBuilder(next.word())
                .setParent(context)
                .setAttribute(Names.STAGE, next.word())
                .startSpan());
  }

  /** The parent of what begins now. */
  Context now() {
    return stage.map(context::with).orElse(context);
  }

  /** Ends the trace; the stage that runs is the one that failed, if one did. */
  void end(TaskOutcome outcome) {
    Optional<Failure> failure = outcome.fold(new FailureOf());
    failure.ifPresent(
        one -> {
          stage.ifPresent(span -> fail(span, one));
          fail(attempt, one);
          attempt.setAttribute(Names.STAGE, one.stage().word());
        });
    end(outcome.fold(new OutcomeWord()));
  }

  /** Ends the trace with a word for its outcome. */
  void end(String word) {
    stage.ifPresent(Span::end);
    attempt.setAttribute(Names.OUTCOME, word);
    attempt.end();
  }

  private static void fail(Span span, Failure failure) {
    String kind = failure.kind().word();
    span.setStatus(StatusCode.ERROR, kind).setAttribute(Names.ERROR, kind);
  }

  private static final class FailureOf implements TaskOutcome.Cases<Optional<Failure>> {
    @Override
    public Optional<Failure> delivered(TaskOutcome.Delivered outcome) {
      return Optional.empty();
    }

    @Override
    public Optional<Failure> failed(TaskOutcome.Failed outcome) {
      return Optional.of(outcome.failure());
    }

    @Override
    public Optional<Failure> unavailable(TaskOutcome.Unavailable outcome) {
      return Optional.of(outcome.failure());
    }

    @Override
    public Optional<Failure> cancelled(TaskOutcome.Cancelled outcome) {
      return Optional.empty();
    }

    @Override
    public Optional<Failure> notOurs(TaskOutcome.NotOurs outcome) {
      return Optional.empty();
    }
  }

  private static final class OutcomeWord implements TaskOutcome.Cases<String> {
    @Override
    public String delivered(TaskOutcome.Delivered outcome) {
      return "delivered";
    }

    @Override
    public String failed(TaskOutcome.Failed outcome) {
      return "failed";
    }

    @Override
    public String unavailable(TaskOutcome.Unavailable outcome) {
      return "unavailable";
    }

    @Override
    public String cancelled(TaskOutcome.Cancelled outcome) {
      return "cancelled";
    }

    @Override
    public String notOurs(TaskOutcome.NotOurs outcome) {
      return "not_ours";
    }
  }
}
