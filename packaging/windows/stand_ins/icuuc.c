/* Stands in for Windows' own icuuc.dll, which wine 8 lacks: every converter fails cleanly, so Qt
   does without those of old code pages. */
#define API __declspec(dllexport)
typedef int UErrorCode;
enum { FILE_ACCESS_ERROR = 4 };

API void *ucnv_open(const char *name, UErrorCode *error)
{ if (error) *error = FILE_ACCESS_ERROR; return 0; }
API void ucnv_close(void *converter) {}
API void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
API void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
API void ucnv_reset(void *converter) {}
API signed char ucnv_getMaxCharSize(void *converter) { return 1; }
API const char *ucnv_getName(void *converter, UErrorCode *error)
{ if (error) *error = FILE_ACCESS_ERROR; return 0; }
API void ucnv_getToUCallBack(void *converter, void **action, const void **context)
{ if (action) *action = 0; if (context) *context = 0; }
API void ucnv_getFromUCallBack(void *converter, void **action, const void **context)
{ if (action) *action = 0; if (context) *context = 0; }
API void ucnv_setToUCallBack(void *converter, void *action, void *context, void *old_action,
                             void *old_context, UErrorCode *error) {}
API void ucnv_setFromUCallBack(void *converter, void *action, void *context, void *old_action,
                               void *old_context, UErrorCode *error) {}
API void ucnv_cbToUWriteUChars(void) {}
API void ucnv_toUnicode(void) {}
API void ucnv_cbFromUWriteUChars(void) {}
API int ucnv_toUCountPending(void *converter, UErrorCode *error) { return 0; }
API int ucnv_fromUCountPending(void *converter, UErrorCode *error) { return 0; }
API const char *ucnv_getStandardName(const char *name, const char *standard, UErrorCode *error)
{ if (error) *error = FILE_ACCESS_ERROR; return 0; }
API const char *ucnv_getAvailableName(int number) { return 0; }
API int ucnv_countAvailable(void) { return 0; }
API void ucnv_fromUnicode(void) {}
