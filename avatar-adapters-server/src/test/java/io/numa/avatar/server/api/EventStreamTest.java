package io.numa.avatar.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.server.document.EventTexts;
import io.numa.avatar.server.document.Examples;
import io.numa.avatar.task.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one watcher gets. */
class EventStreamTest {
  private final OperationEvents events = new OperationEvents(Runnable::run, Runnable::run);

  /** Takes messages until there are enough, and then leaves. */
  private static final class Watcher extends OutputStream {
    private final List<String> taken = new ArrayList<>();
    private final int enough;
    private final Runnable afterEach;

    Watcher(int enough, Runnable afterEach) {
      this.enough = enough;
      this.afterEach = afterEach;
    }

    @Override
    public void write(int unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      taken.add(new String(bytes, offset, count, StandardCharsets.UTF_8));
      if (taken.size() == enough) {
        throw new IOException("left");
      }
      afterEach.run();
    }
  }

  @Test
  void sendsACommentWhereThereIsNoEvent() throws Exception {
    List<String> taken = taken(new Watcher(2, () -> {}));

    assertThat(taken.get(1)).isEqualTo(": nothing new\n\n");
    assertThat(events.watchers()).isZero();
  }

  @Test
  void tellsASlowWatcherOnceThatItMissedEvents() throws Exception {
    var flood =
        new Runnable() {
          private boolean done;

          @Override
          public void run() {
            for (int i = 0; i < 2 * OperationEvents.QUEUE && !done; i++) {
              events.publish(
                  new OperationEvent.Entered(
                      Examples.TASK, Stage.TEST, Examples.TIME.plusSeconds(i)));
            }
            done = true;
          }
        };

    List<String> taken = taken(new Watcher(2, flood));

    assertThat(taken.get(1))
        .startsWith("id: 1\ndata: {\"event\":\"missed\"}\n\nid: 2\ndata: {\"event\":\"entered\"")
        .doesNotContain("id: " + (OperationEvents.QUEUE + 1));
  }

  private List<String> taken(Watcher watcher) throws Exception {
    try {
      new EventStream(events, new EventTexts(), Duration.ofMillis(1)).writeTo(watcher);
    } catch (IOException e) {
      assertThat(e).hasMessage("left");
    }
    return watcher.taken;
  }
}
