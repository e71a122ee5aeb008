package io.numa.avatar.testkit.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;

/** Decides which pushes a Git server accepts. Safe for use by several threads. */
final class PushRules {
  private final Map<String, String> protectedRefs = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Runnable> duringNextPush = new AtomicReference<>();
  private volatile @Nullable String rejection;
  private volatile @Nullable GerritRules reviews;

  void protect(String ref, String message) {
    protectedRefs.put(ref, message);
  }

  void duringNextPush(Runnable action) {
    duringNextPush.set(action);
  }

  void rejectAll(String message) {
    rejection = message;
  }

  void review(String pages) {
    reviews = new GerritRules(pages);
  }

  List<ReviewedChange> changes() {
    GerritRules rules = reviews;
    return rules == null ? List.of() : rules.changes();
  }

  void closeChange(int number) {
    GerritRules rules = reviews;
    if (rules == null) {
      throw new IllegalStateException("pushes are not reviewed");
    }
    rules.close(number);
  }

  /** Lets the rules judge a push to the repository {@code name}. */
  void applyTo(ReceivePack pack, String name) {
    GerritRules rules = reviews;
    pack.setAllowPushOptions(rules != null);
    PreReceiveHook judge =
        (receiving, commands) -> {
          Runnable action = duringNextPush.getAndSet(null);
          if (action != null) {
            action.run();
          }
          for (ReceiveCommand command : commands) {
            String all = rejection;
            String message = all == null ? protectedRefs.get(command.getRefName()) : all;
            if (message != null) {
              receiving.sendMessage(message);
              command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "hook declined");
            } else if (rules != null && command.getRefName().startsWith(ReviewPush.PREFIX)) {
              rules.judge(name, receiving, command);
            }
          }
        };
    pack.setPreReceiveHook(judge);
  }
}
