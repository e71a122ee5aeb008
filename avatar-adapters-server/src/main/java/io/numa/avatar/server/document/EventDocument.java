package io.numa.avatar.server.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvent.Began;
import io.numa.avatar.operation.OperationEvent.Changed;
import io.numa.avatar.operation.OperationEvent.Ended;
import io.numa.avatar.operation.OperationEvent.Entered;
import io.numa.avatar.operation.OperationEvent.Missed;
import io.numa.avatar.operation.OperationEvent.Printed;
import io.numa.avatar.operation.OperationEvent.Reporting;
import io.numa.avatar.operation.OperationEvent.Worked;
import io.numa.avatar.task.TaskId;
import java.time.Instant;

/** Makes documents of events. Each has {@code event}, its kind in a word. */
final class EventDocument {
  private EventDocument() {}

  static ObjectNode of(OperationEvent event) {
    if (event instanceof Began began) {
      return at(ofTask("began", began.task()).put("title", began.title()), began.at());
    }
    if (event instanceof Entered entered) {
      return at(
          ofTask("entered", entered.task()).put("stage", entered.stage().word()), entered.at());
    }
    if (event instanceof Reporting reporting) {
      return at(
          ofTask("reporting", reporting.task()).put("outcome", reporting.outcome().word()),
          reporting.at());
    }
    if (event instanceof Ended ended) {
      return at(ofTask("ended", ended.task()).put("outcome", ended.outcome().word()), ended.at());
    }
    if (event instanceof Printed printed) {
      return ofTask("printed", printed.task());
    }
    if (event instanceof Worked worked) {
      return ofTask("worked", worked.task());
    }
    if (event instanceof Changed) {
      return of("changed");
    }
    if (event instanceof Missed) {
      return of("missed");
    }
    throw new IllegalArgumentException("an unknown event: " + event);
  }

  private static ObjectNode of(String kind) {
    return Documents.object().put("event", kind);
  }

  private static ObjectNode ofTask(String kind, TaskId task) {
    return of(kind).put("task", task.value());
  }

  private static ObjectNode at(ObjectNode document, Instant time) {
    return document.put("at", time.toString());
  }
}
