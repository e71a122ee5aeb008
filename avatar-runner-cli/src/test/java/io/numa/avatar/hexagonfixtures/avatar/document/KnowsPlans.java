package io.numa.avatar.hexagonfixtures.avatar.document;

import io.numa.avatar.plan.DevelopmentPlan;

/** Breaks: the module of documents knows no other module. */
record KnowsPlans(DevelopmentPlan plan) {}
