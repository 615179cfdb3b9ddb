// Force-included when the driver, which asks for Node-API 10, is compiled for a runtime with Node-API 9.
// The one thing it needs of 10 is a lasting reference to a string. Here such a value stands in an array of one
// element, and the lowest bit of the reference (always clear in a pointer) says so.
#pragma once
#include <node_api.h>
#include <stdint.h>

static inline napi_ref boxed_untag(napi_ref ref) {
  return (napi_ref)((uintptr_t)ref & ~(uintptr_t)1);
}

static inline napi_status boxed_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_symbol)
    return napi_create_reference(env, value, count, result);
  napi_value box;
  status = napi_create_array_with_length(env, 1, &box);
  if (status == napi_ok) status = napi_set_element(env, box, 0, value);
  if (status == napi_ok) status = napi_create_reference(env, box, count, result);
  if (status == napi_ok) *result = (napi_ref)((uintptr_t)*result | 1);
  return status;
}

static inline napi_status boxed_get_reference_value(napi_env env, napi_ref ref, napi_value* result) {
  napi_status status = napi_get_reference_value(env, boxed_untag(ref), result);
  if (status == napi_ok && *result && ((uintptr_t)ref & 1)) status = napi_get_element(env, *result, 0, result);
  return status;
}

#define napi_create_reference boxed_create_reference
#define napi_get_reference_value boxed_get_reference_value
#define napi_delete_reference(env, ref) napi_delete_reference(env, boxed_untag(ref))
#define napi_reference_ref(env, ref, count) napi_reference_ref(env, boxed_untag(ref), count)
#define napi_reference_unref(env, ref, count) napi_reference_unref(env, boxed_untag(ref), count)
