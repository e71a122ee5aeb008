package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.plan.TestCommandReader;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.util.Optional;

/** Reads applications. */
public final class ApplicationReader {
  private static final String GIT_REPO_URL = "git_repo_url";

  /** Stands in for {@link #GIT_REPO_URL}. */
  private static final String REPOSITORY_URL = "repository_url";

  private ApplicationReader() {}

  /** Whether an application says where its repository is. */
  public static boolean namesRepository(JsonNode object) {
    return names(object, GIT_REPO_URL) || names(object, REPOSITORY_URL);
  }

  private static boolean names(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isTextual()
        ? !value.asText().isBlank()
        : value.isContainerNode() || value.isNumber();
  }

  /**
   * Reads an application.
   *
   * @throws PortException if fields are missing or invalid; the message names all of them
   */
  public static Application read(ApplicationId id, JsonNode object) {
    var fields = new Fields(object);
    Optional<String> name = fields.optionalText("name", text -> text);
    Optional<RepositoryUrl> url =
        fields.requiredText(
            names(object, GIT_REPO_URL) || !object.has(REPOSITORY_URL)
                ? GIT_REPO_URL
                : REPOSITORY_URL,
            RepositoryUrl::parse);
    Optional<BranchName> branch = fields.optionalText("default_branch", BranchName::new);
    Optional<TestCommand> test = fields.optional("test_command", TestCommandReader::read);
    if (!fields.problems().isEmpty()) {
      throw new PortException(
          FailureKind.INVALID_TASK,
          "could not read application " + id + ": " + String.join("; ", fields.problems()));
    }
    return new Application(id, name.orElse(id.value()), url.orElseThrow(), branch, test);
  }
}
