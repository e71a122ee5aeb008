package io.numa.avatar.port.agent;

import java.util.Optional;

/**
 * Which agent works.
 *
 * @param name the operator's name for it
 * @param version as its program tells it
 * @param model the model that it was told to use
 * @param session the end of its session's id; a whole id works like a password
 */
public record AgentIdentity(
    String name, Optional<String> version, Optional<String> model, Optional<String> session) {}
