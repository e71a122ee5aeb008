package io.numa.avatar.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.server.access.Access;
import io.numa.avatar.server.access.Access.Right;
import io.numa.avatar.server.access.HostNames;
import io.numa.avatar.server.api.LogFile;
import io.numa.avatar.server.api.OperationsApi;
import io.numa.avatar.server.call.CallParameters;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.server.health.HealthChecks;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.Handler;
import io.numa.avatar.server.http.Request;
import io.numa.avatar.server.page.MessageForm;
import io.numa.avatar.server.page.Pages;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out who asks for what, and answers. */
final class Routes implements Handler {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final ServedAvatar avatar;
  private final Access access;
  private final HostNames names;
  private final HealthChecks health;
  private final OperatorCalls calls;
  private final Clock clock;
  private final OperationsApi api;
  private final LogFile logs;
  private final Pages pages;

  Routes(ServedAvatar avatar, Access access, HostNames names, Clock clock) {
    this.avatar = avatar;
    this.access = access;
    this.names = names;
    this.health = new HealthChecks(avatar.overview());
    this.calls = new OperatorCalls(avatar.overview(), avatar.controls());
    this.clock = clock;
    this.api = new OperationsApi(calls, avatar.events(), clock);
    this.logs = new LogFile(calls, clock);
    this.pages = new Pages(avatar.overview(), avatar.events()::published, clock);
  }

  @Override
  public Answer answer(Request request) throws IOException, InterruptedException {
    String first = request.path().isEmpty() ? "" : request.path().get(0);
    return switch (first) {
      case "livez" -> health.livez();
      case "readyz" -> health.readyz(request);
      case "metrics" -> access.of(request) == Right.NONE ? unauthorized() : metrics();
      default -> names.allow(request) ? ofOurName(first, request) : wrongName();
    };
  }

  private Answer ofOurName(String first, Request request) throws IOException, InterruptedException {
    if (first.equals("login")) {
      return login(request);
    }
    Optional<Answer> asset = pages.asset(request.path());
    if (asset.isPresent()) {
      return asset.get();
    }
    Right right = access.of(request);
    if (right == Right.NONE) {
      return wantsPage(request) ? pages.loginFirst(request) : unauthorized();
    }
    if (isMessageForm(request)) {
      return said(request);
    }
    return right == Right.READ && !request.reads() ? forbidden() : allowed(request);
  }

  private static boolean isMessageForm(Request request) {
    List<String> path = request.path();
    return request.method().equals("POST")
        && path.size() == 3
        && path.get(0).equals("tasks")
        && path.get(2).equals("messages");
  }

  /** Passes on a message of a browser without scripts. */
  private Answer said(Request request) throws IOException, InterruptedException {
    Map<String, String> form = request.form();
    String key = form.getOrDefault("key", "");
    if (!access.isFormKey(request, key)) {
      return forbidden();
    }
    String author = form.getOrDefault("author", "");
    String text = form.getOrDefault("text", "");
    List<String> page = request.path().subList(0, 2);
    try {
      var values = Map.of("task", page.get(1), "author", author, "text", text);
      Optional<ObjectNode> said = calls.order("say", new CallParameters(values, clock));
      return said.isPresent() ? Answer.redirect(address(page)) : notFound();
    } catch (RefusedCallException e) {
      Problem problem = e.problem();
      var again = new MessageForm(key, author, text, Optional.of(problem.text()));
      return pages
          .answer(request.forPage(page), Optional.of(again))
          .map(answer -> answer.withStatus(problem.kind().status()))
          .orElseGet(() -> OperationsApi.error(problem));
    }
  }

  private static String address(List<String> path) {
    return path.stream()
        .map(each -> "/" + URLEncoder.encode(each, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining());
  }

  private Answer allowed(Request request) throws IOException, InterruptedException {
    List<String> path = request.path();
    if (path.size() >= 2 && path.get(0).equals("api") && path.get(1).equals("v1")) {
      return api.answer(path.subList(2, path.size()), request);
    }
    if (path.size() == 3 && path.get(0).equals("tasks") && path.get(2).equals("log.txt")) {
      return logs.of(path.get(1), request);
    }
    return Optional.of(request)
        .filter(Request::reads)
        .flatMap(read -> pages.answer(read, access.formKey(read).map(MessageForm::empty)))
        .orElseGet(Routes::notFound);
  }

  private static Answer notFound() {
    return OperationsApi.error(
        Problem.notFound("there is no such address", "docs/operations-api.md lists them"));
  }

  private static boolean wantsPage(Request request) {
    return request.reads()
        && request
            .headers()
            .first("Accept")
            .filter(types -> types.contains("text/html"))
            .isPresent();
  }

  private Answer login(Request request) throws IOException {
    boolean byToken = request.method().equals("POST");
    if (!byToken && request.parameter("code").isEmpty()) {
      return pages.login(request);
    }
    boolean shown =
        byToken
            ? Optional.ofNullable(request.form().get("token"))
                .map(String::strip)
                .filter(access::isToken)
                .isPresent()
            : request.parameter("code").filter(access::take).isPresent();
    return shown
        ? Answer.redirect("/").with("Set-Cookie", access.cookie())
        : pages.loginAgain(request);
  }

  private Answer metrics() {
    return Answer.of(200, METRICS, avatar.metrics().get());
  }

  private static Answer unauthorized() {
    return OperationsApi.error(
            new Problem(
                Problem.Kind.UNAUTHORIZED,
                "this needs the token of the avatar's server",
                "send it as 'Authorization: Bearer ...', or log in at /login"))
        .with("WWW-Authenticate", "Bearer");
  }

  private static Answer forbidden() {
    return OperationsApi.error(
        new Problem(
            Problem.Kind.FORBIDDEN,
            "the cookie alone changes nothing",
            "send the header '" + Access.WRITE_HEADER + "' beside it"));
  }

  private static Answer wrongName() {
    return OperationsApi.error(
        new Problem(
            Problem.Kind.WRONG_HOST,
            "this server does not answer to this name",
            "name it in server.hosts"));
  }
}
