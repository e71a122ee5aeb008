package io.numa.avatar.git.forge;

import io.numa.avatar.http.AnswerLimits;
import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.http.Retries;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Change requests at the services that host repositories: GitHub, GitLab, Gitea and Forgejo, Gitee,
 * and Bitbucket Cloud. Safe for use by several threads; an interrupt ends a call.
 *
 * <p>A retry repeats all steps, beginning with the search for an existing change request. So a lost
 * answer does not lead to a second change request.
 */
public final class HttpChangeRequests implements ChangeRequests, AutoCloseable {
  /** In bytes; four times a page of thirty change requests of the longest kind. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private static final AnswerLimits ANSWERS = new AnswerLimits(MAX_ANSWER_BYTES, MAX_ANSWER_BYTES);
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final Services services;
  private final HttpTransport transport;
  private final Retries retries;
  private final Reviews reviews;

  /**
   * @param clock the time of day, as services may name the time for the next attempt
   */
  public HttpChangeRequests(ForgeSettings settings, Clock clock) {
    this.transport =
        new HttpTransport(
            "avatar-forge",
            Durations.shorter(settings.timeout(), LONGEST_CONNECT),
            ANSWERS,
            client -> settings.network().setUp(client, settings.addresses()));
    this.services = new Services(settings, transport, clock);
    this.retries = new Retries(settings.retries());
    this.reviews = new HttpReviews(services, retries);
  }

  /** The reviews and checks at the same services; they use the same connections. */
  public Reviews reviews() {
    return reviews;
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    Forge forge = services.of(request.pushed().repository());
    return retries.call(() -> place(forge, request));
  }

  private static ProposedChange place(Forge forge, ChangeRequest request)
      throws InterruptedException {
    Optional<Existing> known = Existing.settling(forge.find(request), request);
    if (known.isPresent()) {
      return keep(forge, known.get(), request);
    }
    Existing made;
    try {
      made = forge.create(request);
    } catch (RefusedException e) {
      if (e.kind() != FailureKind.CONFLICT) {
        throw e;
      }
      // Another client was faster, or the list was out of date.
      Existing other = Existing.settling(forge.find(request), request).orElseThrow(() -> e);
      return keep(forge, other, request);
    }
    return new ProposedChange(made.url(), Standing.OPENED, forge.complete(made, request));
  }

  private static ProposedChange keep(Forge forge, Existing existing, ChangeRequest request)
      throws InterruptedException {
    return switch (existing.state()) {
      case CLOSED -> new ProposedChange(existing.url(), Standing.CLOSED, List.of());
      case MERGED -> new ProposedChange(existing.url(), Standing.MERGED, List.of());
      case OPEN -> {
        if (!existing.says(request)) {
          forge.rewrite(existing, request);
        }
        List<String> notes = forge.complete(existing, request);
        yield new ProposedChange(existing.url(), Standing.FOUND, notes);
      }
    };
  }

  /** Cancels running calls, and releases threads and connections. */
  @Override
  public void close() {
    transport.close();
  }
}
