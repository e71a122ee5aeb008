package io.numa.avatar.nats.internal.claim;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.Optional;

/** The bucket of claims. Safe for use by several threads. */
public final class Claims {
  private static final int WRONG_LAST_SEQUENCE = 10071;
  private static final int NO_MESSAGE = 10037;

  /** Each conflict is another write of the entry, which many avatars make only for a moment. */
  private static final int MAX_CONFLICTS = 10;

  private final Link link;
  private final Site site;
  private final Layout layout;

  public Claims(Link link, Site site, Layout layout) {
    this.link = link;
    this.site = site;
    this.layout = layout;
  }

  /** Says what becomes of a claim, or throws an exception because it must stay. */
  public interface Decision {
    /**
     * The claim as it shall be.
     *
     * @param now the claim as it is; empty if there is none
     */
    Claim of(Optional<Claim> now);
  }

  public StoredClaim read(TaskKey key) throws InterruptedException {
    return link.call("read the claim of the task", session -> read(session, key));
  }

  private StoredClaim read(Session session, TaskKey key) throws IOException, JetStreamApiException {
    site.prepare(session);
    try {
      MessageInfo last =
          session.management().getLastMessage(layout.claimStream(), layout.claimSubject(key));
      byte[] data = last.getData();
      // An entry that an operator has deleted is a message without content.
      return data == null || data.length == 0
          ? new StoredClaim(Optional.empty(), last.getSeq())
          : new StoredClaim(Optional.of(ClaimJson.read(data)), last.getSeq());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == NO_MESSAGE) {
        return new StoredClaim(Optional.empty(), 0);
      }
      throw e;
    }
  }

  /**
   * Changes a claim as is decided. Another write that comes first makes the decision void: it is
   * asked for again. So it is when our own write came through but its answer did not, and the
   * decision then sees what it has decided.
   *
   * @param action completes "could not …"
   * @param known the claim as it was last seen; empty to read it first
   */
  public StoredClaim change(
      String action, TaskKey key, Optional<StoredClaim> known, Decision decision)
      throws InterruptedException {
    StoredClaim now = known.isPresent() ? known.get() : read(key);
    for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      Claim next = decision.of(now.claim());
      long replaced = now.revision();
      Optional<StoredClaim> written =
          link.call(action, session -> write(session, key, next, replaced));
      if (written.isPresent()) {
        return written.get();
      }
      now = read(key);
    }
    throw new PortException(
        FailureKind.UNAVAILABLE, "could not " + action + ": others write its claim all the time");
  }

  /** Empty if the entry is another one by now. */
  private Optional<StoredClaim> write(Session session, TaskKey key, Claim claim, long replaced)
      throws IOException, JetStreamApiException {
    site.prepare(session);
    try {
      long revision =
          session
              .streams()
              .publish(
                  layout.claimSubject(key),
                  ClaimJson.write(claim),
                  PublishOptions.builder().expectedLastSubjectSequence(replaced).build())
              .getSeqno();
      return Optional.of(new StoredClaim(Optional.of(claim), revision));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
