package io.numa.avatar.run;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import java.time.Duration;

/** Fetches a task's application from the backend. */
final class FetchStage {
  private final StageContext context;

  FetchStage(StageContext context) {
    this.context = context;
  }

  Application run(Task task) throws InterruptedException {
    context.enter(Stage.FETCH);
    context.say("task " + task.id() + ": " + task.title());
    task.options().notes().forEach(context::say);
    Application application = awaitApplication(task);
    context.say("application " + application.name() + " at " + application.repository());
    return application;
  }

  /**
   * Retries within the time limit of the stage, so that a short outage of the backend does not fail
   * a running task.
   */
  private Application awaitApplication(Task task) throws InterruptedException {
    var backoff = Backoff.ofBackend();
    while (true) {
      try {
        return context.ports().tasks().application(task.application());
      } catch (PortException e) {
        if (!e.retryable()) {
          throw e;
        }
        Duration pause = backoff.next();
        context.say(e.getMessage() + "; next try in " + Durations.text(pause));
        Background.pause(pause);
      }
    }
  }
}
