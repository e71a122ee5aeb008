package io.numa.avatar.telemetry;

import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;

/** Makes values of spans from what tasks and agents name: one line, short, and without secrets. */
record SpanText(Redactor redactor) {
  private static final int MOST = 200;

  String of(Object value) {
    return Redacted.of(value.toString(), redactor).line().shortened(MOST).toString();
  }
}
