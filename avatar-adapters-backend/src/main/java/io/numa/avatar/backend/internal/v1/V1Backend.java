package io.numa.avatar.backend.internal.v1;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Dialect;
import io.numa.avatar.backend.internal.read.BranchRule;
import io.numa.avatar.backend.internal.read.Questions;
import io.numa.avatar.backend.internal.read.TaskReader;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.TaskState;
import java.time.Clock;

/** The second dialect of a backend. */
public final class V1Backend {
  private V1Backend() {}

  /**
   * The ports to a backend that speaks this dialect.
   *
   * @param journal the journal of the avatar, which tells the rounds of tasks apart
   */
  public static Dialect dialect(
      BackendClient client, V1Calls calls, BackendSettings settings, Journal journal, Clock clock) {
    var states = new TaskReader(settings.words(), BranchRule.REPLACE, Questions.NONE);
    var questions = new V1Questions(client, calls, task -> states.state(task) == TaskState.TODO);
    var reader = new TaskReader(settings.words(), BranchRule.REPLACE, questions);
    var ours = new Ownership(settings.dialect().assignedTo());
    var lastSeen = new LastSeen();
    return new Dialect(
        new V1MessageSource(client, calls, states, ours, new Rounds(journal, clock)),
        new V1TaskSource(client, calls, reader, ours, lastSeen),
        new V1StatusReporter(client, calls, settings, states, lastSeen));
  }
}
