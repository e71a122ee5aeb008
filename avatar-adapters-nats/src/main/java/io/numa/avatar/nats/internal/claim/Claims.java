package io.numa.avatar.nats.internal.claim;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.nats.internal.connect.LastMessages;
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
    Optional<MessageInfo> entry =
        LastMessages.find(session, layout.claimStream(), layout.claimSubject(key));
    return entry.isPresent() ? stored(entry.get()) : new StoredClaim(Optional.empty(), 0);
  }

  /** An entry that an operator has deleted is a message without content. */
  private static StoredClaim stored(MessageInfo entry) throws IOException {
    byte[] data = entry.getData();
    return data == null || data.length == 0
        ? new StoredClaim(Optional.empty(), entry.getSeq())
        : new StoredClaim(Optional.of(ClaimJson.read(data)), entry.getSeq());
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
    return LastMessages.replace(session, layout.claimSubject(key), ClaimJson.write(claim), replaced)
        .map(revision -> new StoredClaim(Optional.of(claim), revision));
  }
}
