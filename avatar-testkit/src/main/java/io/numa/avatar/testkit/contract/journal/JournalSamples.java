package io.numa.avatar.testkit.contract.journal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.task.TaskMessage.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The values that the tests of a journal write into it. */
final class JournalSamples {
  static final TaskId TASK = new TaskId("123");
  static final TaskId OTHER = new TaskId("añadir/登录 🚀");
  static final PendingPush PUSH =
      new PendingPush(
          RepositoryUrl.parse("https://git.example.com:8443/team/shop.git"),
          new BranchName("feature/log-in"),
          new CommitId("0123456789abcdef0123456789abcdef01234567"));

  private JournalSamples() {}

  static JournaledAttempt fresh(Attempt attempt, int number) {
    return new JournaledAttempt(attempt, number, false, List.of(), Optional.empty(), false, 0);
  }

  static Announcement message(String id, TaskId task) {
    return new Announcement(new MessageId(id), task);
  }

  static TaskMessage unreadable(String id) {
    return new Unreadable(new MessageId(id), "no task in it");
  }

  static <T> List<T> onThreads(Function<Integer, T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < 4; i++) {
        int thread = i;
        running.add(threads.submit(() -> work.apply(thread)));
      }
      var results = new ArrayList<T>();
      for (Future<T> each : running) {
        results.add(each.get(60, SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
