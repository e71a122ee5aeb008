package io.numa.avatar.task.agent;

/**
 * What people have told the coding agents of a task.
 *
 * @param accepted how many messages were accepted
 * @param delivered how many of them an agent has got
 * @param author who sent the newest one
 * @param text the beginning of the newest one, on one line
 */
public record SteeringReport(int accepted, int delivered, String author, String text) {}
