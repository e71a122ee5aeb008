package io.numa.avatar.run.agent;

import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.agent.SteeringReport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The sessions of an attempt, one at a time. A session stays open until another agent, model or
 * place is asked for, so that repairs continue it. An attempt that held places of two agents could
 * wait for itself or for another attempt for ever. Used by the attempt's thread only.
 */
final class AgentSessions implements AutoCloseable {
  private final AgentSite site;
  private Optional<Open> current = Optional.empty();
  private int opened;

  AgentSessions(AgentSite site) {
    this.site = site;
  }

  /**
   * Where an agent works.
   *
   * @param stage the stage that its log lines name
   * @param told hears of it
   * @param inbox what people tell it; empty if they tell it nothing
   * @param sandbox gives the site of its sandbox
   */
  record Place(
      Path folder,
      Stage stage,
      AgentTold told,
      Optional<AgentInbox> inbox,
      Supplier<SandboxSite> sandbox) {
    /** The working tree. */
    static Place ofTree(AgentSite site) {
      return new Place(
          site.copy().directory(),
          Stage.DEVELOP,
          site.told(),
          Optional.of(site.inbox()),
          site.sandboxes()::ofAgent);
    }

    /** A folder whose content an agent reviews. */
    static Place ofReview(AgentSite site, Path folder) {
      return new Place(
          folder,
          Stage.REVIEW,
          site.reviews(),
          Optional.empty(),
          () -> site.sandboxes().ofReviewer(folder));
    }

    /** What people have told the agent there. */
    Optional<SteeringReport> steering() {
      return inbox.flatMap(AgentInbox::report);
    }
  }

  /** An open session, with the log and the watch that hear of it. */
  record Open(
      String agent,
      Optional<String> model,
      Place place,
      AgentSession session,
      AgentLog log,
      TurnWatch watch) {
    private boolean isOf(String otherAgent, Optional<String> otherModel, Place other) {
      return agent.equals(otherAgent)
          && model.equals(otherModel)
          && place.folder().equals(other.folder());
    }

    AgentIdentity identity() {
      return session.identity();
    }

    AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
      return session.prompt(text, limits);
    }
  }

  /** The session of an agent at a place, which is opened if it is not; any other one is closed. */
  Open open(String agent, Optional<String> model, Place place) throws InterruptedException {
    if (current.filter(open -> open.isOf(agent, model, place)).isEmpty()) {
      close();
      current = Optional.of(begin(agent, model, place));
    }
    return current.orElseThrow();
  }

  private Open begin(String agent, Optional<String> model, Place place)
      throws InterruptedException {
    var watch =
        new TurnWatch(
            site.attempt().task(), site.journal(), site.time(), place.told(), place::steering);
    var log = new AgentLog(agent, place.folder(), place.stage(), site.log(), watch);
    opened++;
    var request =
        new AgentRequest(
            agent,
            model,
            place.folder(),
            site.home().resolve(String.valueOf(opened)),
            site.attempt().id(),
            Optional.of(site.record()),
            Optional.of(place.sandbox().get()));
    return new Open(agent, model, place, site.agents().open(request, log), log, watch);
  }

  /** Whether an agent that is prompted again can refer to what it was told before. */
  boolean remembers(String agent, Optional<String> model, Place place) {
    return current
        .filter(open -> open.isOf(agent, model, place) && open.session().remembersPrompts())
        .isPresent();
  }

  @Override
  public void close() {
    current.ifPresent(open -> open.session().close());
    current = Optional.empty();
  }
}
