package io.numa.avatar.git.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.answer.GitService;
import io.numa.avatar.git.internal.answer.NetworkWords;
import io.numa.avatar.git.internal.answer.ServerWords;
import io.numa.avatar.git.internal.support.RemoteText;
import io.numa.avatar.run.secret.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    RemoteRefUpdate update(Repository from) throws IOException {
      return new RemoteRefUpdate(
          from, commit.name(), commit, ref, false, null, expected.orElse(ObjectId.zeroId()));
    }
  }

  /**
   * The remote's answer.
   *
   * @param messages the text that it sent with the result, for people
   */
  public record Answer(RemoteRefUpdate update, String messages) {
    /**
     * Whether the ref points to the wanted commit now.
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

    /** The remote's whole text, shortened and cleaned for a message. */
    public String words(Redactor redactor) {
      return RemoteText.lines(redactor, update.getMessage(), messages);
    }
  }

  public Answer push(Repository from, Order order, ProgressMonitor monitor) throws IOException {
    return transports.withTransport(
        from,
        transport -> {
          if (!order.options().isEmpty()) {
            transport.setPushOptions(order.options());
          }
          return judge(
              said -> {
                PushResult result = transport.push(monitor, List.of(order.update(from)), said);
                return new Answer(result.getRemoteUpdate(order.ref()), result.getMessages());
              });
        });
  }

  /** A push that writes what the remote says for people to a stream. */
  interface Sending<T> {
    T push(OutputStream said) throws IOException;
  }

  /**
   * Makes a push. If the remote refuses it inside Git's protocol, but not by the status of a ref,
   * the failure contains everything that the remote has said.
   */
  static <T> T judge(Sending<T> sending) throws IOException {
    var said = new ByteArrayOutputStream();
    try {
      return sending.push(said);
    } catch (IOException e) {
      IOException failure = first(e);
      throw ServerWords.refusal(GitService.PUSH, failure, said.toString(UTF_8))
          .orElseThrow(() -> failure);
    }
  }

  /**
   * The failure that ended a push. If JGit cannot send everything, it nevertheless reads the
   * answer, and reports only that there is none. The answer matters if the remote hung up early.
   */
  private static IOException first(IOException last) {
    return Stream.of(last.getSuppressed())
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .filter(sending -> NetworkWords.of(sending, 0).isEmpty())
        .findFirst()
        .orElse(last);
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
