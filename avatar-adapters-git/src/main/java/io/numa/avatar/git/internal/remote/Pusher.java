package io.numa.avatar.git.internal.remote;

import io.numa.avatar.git.internal.support.RemoteText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Moves refs of a remote repository. */
public final class Pusher {
  private final TransportFactory transports;

  Pusher(TransportFactory transports) {
    this.transports = transports;
  }

  /**
   * What is to be pushed.
   *
   * @param ref by its full name
   * @param expected where the ref has to stand, empty for nowhere
   * @param options as of {@code git push -o}, each one line; a remote that knows no options refuses
   *     any
   */
  public record Order(
      ObjectId commit, String ref, Optional<ObjectId> expected, List<String> options) {
    public Order(ObjectId commit, String ref, Optional<ObjectId> expected) {
      this(commit, ref, expected, List.of());
    }

    RemoteRefUpdate update(Repository from) throws IOException {
      return new RemoteRefUpdate(
          from, commit.name(), commit, ref, false, null, expected.orElse(ObjectId.zeroId()));
    }
  }

  /**
   * What the remote has answered.
   *
   * @param messages what it wrote beside its verdict, for people
   */
  public record Answer(RemoteRefUpdate update, String messages) {
    /**
     * Whether the ref is where it was to be.
     *
     * @throws IOException if the remote did not say so
     */
    public boolean accepted() throws IOException {
      return switch (update.getStatus()) {
        case OK, UP_TO_DATE -> true;
        case AWAITING_REPORT, NOT_ATTEMPTED ->
            throw new IOException("the remote did not say whether it took the commit");
        default -> false;
      };
    }

    /** All that it said, made fit for a message. */
    public String words() {
      return RemoteText.lines(update.getMessage(), messages);
    }
  }

  public Answer push(Repository from, Order order, ProgressMonitor monitor) throws IOException {
    return transports.withTransport(
        from,
        transport -> {
          if (!order.options().isEmpty()) {
            transport.setPushOptions(order.options());
          }
          PushResult result = transport.push(monitor, List.of(order.update(from)));
          return new Answer(result.getRemoteUpdate(order.ref()), result.getMessages());
        });
  }

  /** What to do with a remote that has listed its refs. */
  interface Action {
    void with(PushConnection connection) throws IOException;
  }

  /** Asks for the refs, and keeps the connection open until the action is done. */
  void open(Repository from, Action action) throws IOException {
    transports.withTransport(
        from,
        transport -> {
          try (PushConnection connection = transport.openPush()) {
            action.with(connection);
            return true;
          }
        });
  }
}
