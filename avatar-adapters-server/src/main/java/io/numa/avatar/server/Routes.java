package io.numa.avatar.server;

import io.numa.avatar.server.access.Access;
import io.numa.avatar.server.access.Access.Right;
import io.numa.avatar.server.access.HostNames;
import io.numa.avatar.server.health.HealthChecks;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.Handler;
import io.numa.avatar.server.http.Request;
import java.io.IOException;
import java.util.Optional;

/** Finds out who asks for what, and answers. */
final class Routes implements Handler {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final ServedAvatar avatar;
  private final Access access;
  private final HostNames names;
  private final HealthChecks health;

  Routes(ServedAvatar avatar, Access access, HostNames names) {
    this.avatar = avatar;
    this.access = access;
    this.names = names;
    this.health = new HealthChecks(avatar.overview());
  }

  @Override
  public Answer answer(Request request) throws IOException {
    String first = request.path().isEmpty() ? "" : request.path().get(0);
    return switch (first) {
      case "livez" -> health.livez();
      case "readyz" -> health.readyz(request);
      case "metrics" -> access.of(request) == Right.NONE ? unauthorized() : metrics();
      default -> names.allow(request) ? ofOurName(first, request) : wrongName();
    };
  }

  private Answer ofOurName(String first, Request request) throws IOException {
    if (first.equals("login")) {
      return login(request);
    }
    Right right = access.of(request);
    if (right == Right.NONE) {
      return unauthorized();
    }
    return right == Right.READ && !request.reads() ? forbidden() : Answer.of(404, Answer.TEXT, "");
  }

  private Answer login(Request request) throws IOException {
    boolean shown =
        request.method().equals("POST")
            ? Optional.ofNullable(request.form().get("token"))
                .map(String::strip)
                .filter(access::isToken)
                .isPresent()
            : request.parameter("code").filter(access::take).isPresent();
    return shown ? Answer.redirect("/").with("Set-Cookie", access.cookie()) : unauthorized();
  }

  private Answer metrics() {
    return Answer.of(200, METRICS, avatar.metrics().get());
  }

  private static Answer unauthorized() {
    return Answer.of(
            401,
            Answer.TEXT,
            "This needs the token of the avatar's server, as 'Authorization: Bearer ...', or a"
                + " login at /login.\n")
        .with("WWW-Authenticate", "Bearer");
  }

  private static Answer forbidden() {
    return Answer.of(
        403,
        Answer.TEXT,
        "A change needs the header '" + Access.WRITE_HEADER + "' beside the cookie.\n");
  }

  private static Answer wrongName() {
    return Answer.of(
        421,
        Answer.TEXT,
        "This server does not answer to this name; server.hosts names those it does.\n");
  }
}
