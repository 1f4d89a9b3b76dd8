/* Stands in for mscms.dll, of which wine 8 lacks what Qt asks for: no screen has a colour profile. */
#define API __declspec(dllexport)

API void *WcsCreateIccProfile(void *profile, unsigned options) { return 0; }
API void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned mode)
{ return 0; }
API int CloseColorProfile(void *profile) { return 1; }
API int WcsGetDefaultColorProfile(int scope, const void *device, int type, int subtype,
                                  unsigned id, unsigned size, void *name) { return 0; }
API int WcsGetDefaultColorProfileSize(int scope, const void *device, int type, int subtype,
                                      unsigned id, unsigned *size) { return 0; }
API int GetColorProfileHeader(void *profile, void *header) { return 0; }
API int GetColorProfileFromHandle(void *profile, void *bytes, unsigned *size) { return 0; }
