package io.numa.avatar.agent.gateway;

import com.sun.net.httpserver.HttpExchange;
import io.numa.avatar.agent.gateway.internal.dialect.Dialect;
import io.numa.avatar.agent.gateway.internal.dialect.Edit;
import io.numa.avatar.agent.gateway.internal.dialect.EditedBody;
import io.numa.avatar.agent.gateway.internal.dialect.OutlineReader;
import io.numa.avatar.agent.gateway.internal.dialect.Refusal;
import io.numa.avatar.agent.gateway.internal.dialect.RefusedException;
import io.numa.avatar.agent.gateway.internal.dialect.RequestOutline;
import io.numa.avatar.agent.gateway.internal.dialect.RequestOutline.Trait;
import io.numa.avatar.agent.gateway.internal.dialect.Route;
import io.numa.avatar.agent.gateway.internal.dialect.TokenCount;
import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.money.BudgetReachedException;
import io.numa.avatar.port.money.ModelBudget;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.agent.AgentUsage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Decides about the requests of a session, and passes on those that are allowed. */
final class ModelProxy {
  /** For a request that does not limit its answer. No model's answer is longer. */
  private static final long LONGEST_ANSWER = 131_072;

  /** For a request of which the host keeps a part. No model's prompt is longer. */
  private static final long LONGEST_PROMPT = 100_000_000;

  private static final int MAX_NAME = 100;

  private final SessionParts session;

  ModelProxy(SessionParts session) {
    this.session = session;
  }

  /**
   * Answers a request.
   *
   * @throws IOException if the answer broke off; the server must close the connection
   */
  void answer(HttpExchange exchange) throws IOException {
    var agent = new AgentExchange(exchange, session.keyRedactor());
    Optional<String> path = session.address().rest(exchange.getRequestURI().getRawPath());
    Optional<Route> route = path.flatMap(rest -> Route.of(exchange.getRequestMethod(), rest));
    try {
      if (path.isEmpty()) {
        throw new Refusal(Refusal.Kind.NOT_FOUND, "there is nothing here").thrown();
      }
      RequestHeaders headers = RequestHeaders.of(exchange.getRequestHeaders());
      session.credentials().check(headers, exchange.getRequestURI().getRawQuery());
      if (route.isEmpty()) {
        throw unknown(exchange.getRequestMethod() + " " + path.get());
      }
      pass(agent, route.get(), request(exchange, headers, path.get()));
    } catch (RefusedException e) {
      Dialect dialect = route.map(Route::dialect).orElse(Dialect.OPENAI_CHAT);
      agent.refuse(dialect, e.refusal());
    } catch (HostErrorException e) {
      e.pass(agent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the session ends", e);
    }
  }

  private RefusedException unknown(String what) {
    String message = "the gateway does not pass this kind of request on: " + printable(what);
    session.events().noted(message);
    return new Refusal(Refusal.Kind.NOT_FOUND, message).thrown();
  }

  private Request.Builder request(HttpExchange exchange, RequestHeaders headers, String path) {
    @Nullable String query = session.credentials().query(exchange.getRequestURI().getRawQuery());
    return new Request.Builder()
        .url(session.host().url(path, query))
        .headers(headers.forHost(session.credentials()));
  }

  private void pass(AgentExchange agent, Route route, Request.Builder request)
      throws HostErrorException, RefusedException, IOException, InterruptedException {
    if (route.purpose() == Route.Purpose.LIST) {
      new Forwarding(session, agent, route.dialect(), Optional.empty())
          .pass(request.method(agent.method(), null).build());
      return;
    }
    if (route.purpose() == Route.Purpose.GENERATE) {
      session.meter().countRequest();
    }
    try (RequestBodies.Body body = session.bodies().read(agent.exchange())) {
      requirePlain(agent.exchange());
      RequestOutline outline = OutlineReader.read(route.dialect(), body.bytes());
      String model = allowedModel(route, outline);
      if (route.purpose() == Route.Purpose.COUNT) {
        new Forwarding(session, agent, route.dialect(), Optional.empty())
            .pass(request.post(new EditedBody(body.bytes(), List.of())).build());
      } else {
        long prompt = outline.has(Trait.HISTORY) ? LONGEST_PROMPT : body.bytes().length;
        AnswerCount count = admit(route, model, prompt, outline.maxOutput());
        generate(agent, route, request, body.bytes(), outline, count);
      }
    }
  }

  private static void requirePlain(HttpExchange exchange) throws RefusedException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw invalid("the gateway does not read compressed requests");
    }
  }

  private String allowedModel(Route route, RequestOutline outline) throws RefusedException {
    Set<String> named = new HashSet<>(outline.models());
    route.model().ifPresent(named::add);
    if (named.size() != 1) {
      throw invalid("the request must name one model");
    }
    if (outline.has(Trait.BACKGROUND)) {
      throw invalid("answers in the background are not counted; ask for a direct answer");
    }
    String model = named.iterator().next();
    Set<String> allowed = session.request().models();
    if (!allowed.isEmpty() && !allowed.contains(model)) {
      String message =
          "the model '"
              + printable(model)
              + "' is not allowed; allowed: "
              + String.join(", ", new TreeSet<>(allowed));
      session.events().noted(message);
      throw new Refusal(Refusal.Kind.NOT_FOUND, message).thrown();
    }
    return model;
  }

  private AnswerCount admit(Route route, String model, long promptBytes, long maxOutput)
      throws RefusedException, InterruptedException {
    Optional<ModelPrice> price = Optional.ofNullable(session.request().prices().get(model));
    if (price.isEmpty() && isCostLimited()) {
      throw invalid("the model has no price, so its cost has no limit");
    }
    long output = maxOutput > 0 ? maxOutput : LONGEST_ANSWER;
    AgentUsage most = most(promptBytes, output, price);
    try {
      Meter.Permit permit = session.meter().admit(most);
      ModelBudget.Answer account = admit(permit, most);
      return new AnswerCount(session.meter(), permit, account, route.dialect(), price);
    } catch (Meter.BoundReachedException e) {
      session.events().exhausted(e.limit());
      throw invalid(exhausted(e.limit()));
    }
  }

  private boolean isCostLimited() {
    return session.meter().bounds().cost().isPresent() || session.request().budget().isLimited();
  }

  /**
   * Asks the avatar's budget, too. It comes second: a request that waits for it keeps the others of
   * its session waiting, and never those of other sessions.
   */
  private ModelBudget.Answer admit(Meter.Permit permit, AgentUsage most)
      throws RefusedException, InterruptedException {
    boolean admitted = false;
    try {
      ModelBudget.Answer account =
          session.request().budget().admit(session.request().payer(), most.cost());
      admitted = true;
      return account;
    } catch (BudgetReachedException e) {
      session.events().budgetReached(e.getMessage());
      throw invalid(e.getMessage());
    } catch (PortException e) {
      String message = "could not look up the budget: " + e.getMessage();
      session.events().unavailable(GatewayEvents.NO_ANSWER, message);
      throw new Refusal(Refusal.Kind.UNREACHABLE, message).thrown();
    } finally {
      if (!admitted) {
        session.meter().settle(permit);
      }
    }
  }

  /** The most that a request may use: a token has at least one byte. */
  private static AgentUsage most(long promptBytes, long output, Optional<ModelPrice> price) {
    boolean writes =
        price.filter(each -> each.cacheWrite().compareTo(each.input()) > 0).isPresent();
    return TokenCount.usage(1, promptBytes, 0, writes ? promptBytes : 0, output, price);
  }

  private static String exhausted(AgentLimit limit) {
    return "the limit of this session is reached ("
        + limit.name().toLowerCase(Locale.ROOT)
        + "); no further request is answered";
  }

  private void generate(
      AgentExchange agent,
      Route route,
      Request.Builder request,
      byte[] body,
      RequestOutline outline,
      AnswerCount count)
      throws HostErrorException, RefusedException, IOException {
    Optional<String> note =
        outline.noteSpot().flatMap(spot -> session.notes().take(outline.has(Trait.TOOLS)));
    try {
      var content = new EditedBody(body, edits(outline, note));
      new Forwarding(session, agent, route.dialect(), Optional.of(count))
          .pass(request.post(content).build());
    } finally {
      count.end();
      if (!count.begun()) {
        note.ifPresent(session.notes()::putBack);
      }
    }
  }

  private static List<Edit> edits(RequestOutline outline, Optional<String> note) {
    Optional<Edit> noted = outline.noteSpot().flatMap(spot -> note.map(spot::edit));
    return Stream.of(outline.usageEdit(), noted).flatMap(Optional::stream).toList();
  }

  private String printable(String text) {
    return Redacted.of(text, session.redactor()).line().shortened(MAX_NAME).toString();
  }

  private static RefusedException invalid(String message) {
    return new Refusal(Refusal.Kind.INVALID, message).thrown();
  }
}
