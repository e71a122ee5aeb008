package io.numa.avatar.git.forge;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.numa.avatar.port.ChangeRequest;
import io.numa.avatar.port.ChangeRequests;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.ProposedChange;
import io.numa.avatar.port.ProposedChange.Standing;
import io.numa.avatar.run.Backoff;
import io.numa.avatar.task.FailureKind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change requests at the services that host repositories: GitHub, GitLab, Gitea and Forgejo, Gitee,
 * and Bitbucket Cloud. Safe for use by several threads; an interrupt ends a call.
 *
 * <p>What may succeed is tried again as a whole, beginning with a look at what is there, so that an
 * answer that was lost makes no second change request.
 */
public final class HttpChangeRequests implements ChangeRequests, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpChangeRequests.class);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Services services;
  private final int tries;
  private final Transport transport;
  private final Retry retry;

  /**
   * @param clock the time of day, by which services say when they may be asked again
   */
  public HttpChangeRequests(ForgeSettings settings, Clock clock) {
    this.transport = new Transport(settings.timeout(), settings.network());
    this.services = new Services(settings, transport, clock);
    this.tries = settings.tries();
    this.retry = retry(settings);
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    Forge forge = services.of(request.pushed().repository());
    try {
      return retry.executeCallable(() -> place(forge, request));
    } catch (TransientException e) {
      if (Thread.interrupted()) {
        // The pause between two tries was interrupted, and ended with the failure before it.
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      String often = tries == 1 ? "" : " (tried " + tries + " times)";
      throw new PortException(e.kind(), e.getMessage() + often, e.getCause());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a call threw what it does not declare", e);
    }
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
      // Somebody was faster, or the list of a moment ago was an old one.
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

  private static Retry retry(ForgeSettings settings) {
    var backoff = new Backoff(settings.firstPause(), LONGEST_PAUSE, new SecureRandom());
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(settings.tries())
            .retryOnException(TransientException.class::isInstance)
            .intervalBiFunction(
                (tries, outcome) ->
                    respite(outcome.getLeft()).plus(backoff.after(tries)).toMillis())
            .build();
    Retry repeats = Retry.of("change requests", config);
    repeats
        .getEventPublisher()
        .onRetry(
            event ->
                log.info(
                    "{}; trying again in {}", event.getLastThrowable(), event.getWaitInterval()));
    return repeats;
  }

  private static Duration respite(@Nullable Throwable failure) {
    return failure instanceof TransientException passing ? passing.respite() : Duration.ZERO;
  }

  /** Ends the calls that are under way, and gives back threads and connections. */
  @Override
  public void close() {
    transport.close();
  }
}
