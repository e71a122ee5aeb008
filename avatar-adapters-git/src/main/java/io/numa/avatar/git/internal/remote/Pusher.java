package io.numa.avatar.git.internal.remote;

import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.support.RemoteText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/** Moves refs of a remote repository. */
public final class Pusher {
  private final TransportFactory transports;

  Pusher(TransportFactory transports) {
    this.transports = transports;
  }

  /**
   * A push to carry out.
   *
   * @param ref the full name of the ref
   * @param expected the commit to which the ref must point before the push; empty if it must not
   *     exist
   * @param options as for {@code git push -o}, one line each; a remote without support for options
   *     refuses the push if there are any
   */
  public record Order(
      ObjectId commit, String ref, Optional<ObjectId> expected, List<String> options) {
    public Order(ObjectId commit, String ref, Optional<ObjectId> expected) {
      this(commit, ref, expected, List.of());
    }

    /**
     * Checks that a new branch is not taken for another one.
     *
     * @throws PortException of kind {@code PUSH_REJECTED} if it is
     */
    void requireNoClash(PushConnection connection) {
      if (expected.isEmpty()) {
        BranchClash.checkPush(ref, connection.getRefsMap().keySet());
      }
    }

    RemoteRefUpdate update(Repository from) throws IOException {
      return new RemoteRefUpdate(
          from, commit.name(), commit, ref, false, null, expected.orElse(ObjectId.zeroId()));
    }
  }

  /**
   * The remote's answer.
   *
   * @param reason why it refused, in its words
   * @param messages the text that it sent with the result, for people
   */
  public record Answer(Status status, Optional<String> reason, String messages) {
    static Answer of(RemoteRefUpdate update, String messages) {
      return new Answer(update.getStatus(), Optional.ofNullable(update.getMessage()), messages);
    }

    /**
     * Whether the ref points to the wanted commit now.
     *
     * @throws IOException if the remote did not say so
     */
    public boolean accepted() throws IOException {
      return switch (status) {
        case OK, UP_TO_DATE -> true;
        case AWAITING_REPORT, NOT_ATTEMPTED ->
            throw new IOException("the remote did not say whether it took the commit");
        default -> false;
      };
    }

    /** The remote's whole text, shortened and cleaned for a message. */
    public String words(Redactor redactor) {
      return RemoteText.lines(redactor, reason.orElse(null), messages);
    }
  }

  /** Pushes, unless the ref has moved. */
  public Answer push(SparsePackRepository from, Order order, ProgressMonitor monitor)
      throws IOException {
    return transports.withTransport(
        from,
        transport -> {
          if (!order.options().isEmpty()) {
            transport.setPushOptions(order.options());
          }
          try (PushConnection connection = transport.openPush()) {
            return push(connection, from, order, monitor);
          }
        });
  }

  private static Answer push(
      PushConnection connection, SparsePackRepository from, Order order, ProgressMonitor monitor)
      throws IOException {
    Optional<ObjectId> now =
        Optional.ofNullable(connection.getRef(order.ref())).map(Ref::getObjectId);
    if (now.equals(Optional.of(order.commit()))) {
      return new Answer(Status.UP_TO_DATE, Optional.empty(), "");
    }
    if (!now.equals(order.expected())) {
      return new Answer(Status.REJECTED_REMOTE_CHANGED, Optional.empty(), "");
    }
    order.requireNoClash(connection);
    var sending = new PackSending(connection, monitor);
    RemoteRefUpdate update = order.update(from);
    from.push(() -> sending.send(update), sending);
    connection.close(); // the remote's messages are complete then
    return Answer.of(update, connection.getMessages());
  }

  /** An action on a remote that has listed its refs. */
  interface Action {
    void with(PushConnection connection) throws IOException;
  }

  /** Asks for the refs, and keeps the connection open until the action has ended. */
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
