package io.numa.avatar.agent.gateway.internal.dialect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for, by its method and path. Only what is known passes: a host may offer
 * files, batches or keys to the same login, and what is not known cannot be counted.
 *
 * @param model the model that the path names
 */
public record Route(Dialect dialect, Purpose purpose, Optional<String> model) {
  private static final Pattern POST =
      Pattern.compile(
          "(?:/v[0-9][a-z0-9]{0,9})?/"
              + "(?:(?<chat>chat/completions)"
              + "|(?<responses>responses(?:/compact)?)"
              + "|(?<inputs>responses/input_tokens)"
              + "|(?<messages>messages)"
              + "|(?<count>messages/count_tokens)"
              + "|models/(?<model>[A-Za-z0-9][A-Za-z0-9._@~-]*)"
              + ":(?<call>generateContent|streamGenerateContent|countTokens))");

  private static final Pattern LIST =
      Pattern.compile(
          "/?|(?:/v[0-9][a-z0-9]{0,9})?/models(?:/[A-Za-z0-9][A-Za-z0-9._:@~-]*){0,3}/?");

  /** What a request is for. */
  public enum Purpose {
    /** An answer of the model. */
    GENERATE,
    /** A count of a prompt's tokens; costs nothing. */
    COUNT,
    /** The models that there are. */
    LIST
  }

  /**
   * The route of a request; empty if the gateway does not know it.
   *
   * @param path what follows the base URL's path
   */
  public static Optional<Route> of(String method, String path) {
    if (method.equals("GET") || method.equals("HEAD")) {
      return LIST.matcher(path).matches()
          ? Optional.of(new Route(Dialect.OPENAI_CHAT, Purpose.LIST, Optional.empty()))
          : Optional.empty();
    }
    Matcher post = POST.matcher(path);
    return method.equals("POST") && post.matches() ? Optional.of(of(post)) : Optional.empty();
  }

  private static Route of(Matcher post) {
    if (post.group("chat") != null) {
      return new Route(Dialect.OPENAI_CHAT, Purpose.GENERATE, Optional.empty());
    }
    if (post.group("responses") != null) {
      return new Route(Dialect.OPENAI_RESPONSES, Purpose.GENERATE, Optional.empty());
    }
    if (post.group("inputs") != null) {
      return new Route(Dialect.OPENAI_RESPONSES, Purpose.COUNT, Optional.empty());
    }
    if (post.group("messages") != null) {
      return new Route(Dialect.ANTHROPIC, Purpose.GENERATE, Optional.empty());
    }
    if (post.group("count") != null) {
      return new Route(Dialect.ANTHROPIC, Purpose.COUNT, Optional.empty());
    }
    Purpose purpose = post.group("call").equals("countTokens") ? Purpose.COUNT : Purpose.GENERATE;
    return new Route(Dialect.GEMINI, purpose, Optional.of(post.group("model")));
  }
}
