/* Stands in for bcryptprimitives.dll, which wine 8 lacks: Rust takes its random numbers from it. */
extern __declspec(dllimport) unsigned char __stdcall SystemFunction036(void *, unsigned long);

__declspec(dllexport) int ProcessPrng(unsigned char *bytes, unsigned long long count)
{
    while (count) {
        unsigned long some = count > 0x1000000 ? 0x1000000 : (unsigned long)count;
        SystemFunction036(bytes, some);
        bytes += some;
        count -= some;
    }
    return 1;
}
