package io.numa.avatar.cli.console.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The time that an attempt was in a stage. */
record StageSpan(String stage, Instant from, Instant to) {
  /** The spans of an attempt's stages. The last one lasts until its end, or until {@code now}. */
  static List<StageSpan> of(Fields attempt, Instant now) {
    List<Fields> stages = attempt.objects("stages").toList();
    var spans = new ArrayList<StageSpan>();
    for (int i = 0; i < stages.size(); i++) {
      Instant from = stages.get(i).time("at").orElse(now);
      Instant to =
          i + 1 < stages.size()
              ? stages.get(i + 1).time("at").orElse(from)
              : attempt.time("ended_at").orElse(now);
      spans.add(new StageSpan(stages.get(i).word("stage"), from, to.isBefore(from) ? from : to));
    }
    return spans;
  }

  Duration time() {
    return Duration.between(from, to);
  }
}
