package io.certrail.api;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Enforces {@code @RolesAllowed} and {@code @PermitAll} of Jakarta Annotations on resource methods and classes. Each
 * server has a switch of its own for that, off on most; and a method that says nothing is denied here, so that no
 * resource is open because an annotation was forgotten. Answers to OPTIONS that the runtime itself makes are let be: they are
 * methods to Jersey and none to RESTEasy, and say no more than what there is.
 */
public final class RolesAllowedFeature implements DynamicFeature {
    private static final String OURS = "io.certrail.";

    /** For the JAX-RS runtime. */
    public RolesAllowedFeature() {}

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (isOfTheRuntime(method)) {
            return;
        }
        Set<String> roles = roles(method);
        if (roles == null) {
            roles = roles(resource.getResourceClass());
        }
        if (roles == null || !isOpen(method, resource.getResourceClass())) {
            context.register(filter(roles == null ? Set.of() : roles), Priorities.AUTHORIZATION);
        }
    }

    /** Made by the runtime, and no resource's; one of its own resources that it adds to ours answers to a named method. */
    private static boolean isOfTheRuntime(Method method) {
        return !method.getDeclaringClass().getName().startsWith(OURS)
                && Arrays.stream(method.getAnnotations())
                        .noneMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    /** What stands on the method decides, what stands on the class does for those that say nothing. */
    private static boolean isOpen(Method method, Class<?> type) {
        return says(method) ? method.isAnnotationPresent(PermitAll.class) : type.isAnnotationPresent(PermitAll.class);
    }

    private static boolean says(AnnotatedElement element) {
        return element.isAnnotationPresent(DenyAll.class)
                || element.isAnnotationPresent(RolesAllowed.class)
                || element.isAnnotationPresent(PermitAll.class);
    }

    /** {@code null} if nothing is said; nobody for {@code @DenyAll}. */
    private static @Nullable Set<String> roles(AnnotatedElement element) {
        RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
        if (allowed != null) {
            return Set.of(allowed.value());
        }
        return says(element) ? Set.of() : null;
    }

    private static ContainerRequestFilter filter(Set<String> roles) {
        return context -> {
            if (roles.stream().noneMatch(context.getSecurityContext()::isUserInRole)) {
                throw new ForbiddenException();
            }
        };
    }
}
